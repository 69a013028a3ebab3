/** A cluster's name, where its ARN may be given. */
export function clusterName(cluster: string): string {
  return cluster.split("/").at(-1) ?? cluster;
}
