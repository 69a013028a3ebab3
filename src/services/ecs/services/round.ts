import type { Instance } from "../instances/instance.ts";
import type { EcsStore, Records } from "../store.ts";

/** One round of the service scheduler. Reads each cluster's instances once, however many services the cluster has. */
export interface SchedulerRound {
  /** ARNs of the instances that drain. */
  draining(clusterArn: string): Promise<ReadonlySet<string>>;
  /** The instances, with their sessions and reservations as they are now in the transaction of `records`. */
  instances(records: Records, clusterArn: string): Promise<readonly Instance[]>;
}

export function schedulerRound(store: EcsStore): SchedulerRound {
  const draining = new Map<string, Promise<ReadonlySet<string>>>();
  const instances = new Map<string, readonly Instance[]>();
  return {
    draining(clusterArn) {
      const known = draining.get(clusterArn) ?? store.instances.drainingOf(clusterArn).then((arns) => new Set(arns));
      draining.set(clusterArn, known);
      return known;
    },
    async instances(records, clusterArn) {
      const known = instances.get(clusterArn);
      if (!known) {
        const read = await records.instances.ofCluster(clusterArn);
        instances.set(clusterArn, read);
        return read;
      }
      const loads = new Map((await records.instances.loadsOf(clusterArn)).map((load) => [load.arn, load]));
      return known.flatMap((instance) => {
        const load = loads.get(instance.arn);
        // One that is no longer active takes no more tasks.
        return load?.isActive ? { ...instance, ...load } : [];
      });
    },
  };
}
