import { path } from "./path.ts";

/** Where the pages of resources are, for every page that links to one. `to.secret(ARN)` */
export const to = {
  cluster: (cluster: string) => path`/ecs/clusters/${cluster}`,
  service: (cluster: string, service: string) => path`/ecs/clusters/${cluster}/services/${service}`,
  task: (cluster: string, task: string) => path`/ecs/clusters/${cluster}/tasks/${task}`,
  containerInstance: (cluster: string, instance: string) =>
    path`/ecs/clusters/${cluster}/container-instances/${instance}`,
  runTask: (cluster: string) => path`/ecs/clusters/${cluster}/run-task`,
  createService: (cluster: string) => path`/ecs/clusters/${cluster}/create-service`,
  updateService: (cluster: string, service: string) => path`/ecs/clusters/${cluster}/services/${service}/update`,
  taskDefinitionFamily: (family: string) => path`/ecs/task-definitions/${family}`,
  taskDefinition: (family: string, revision: string | number) =>
    path`/ecs/task-definitions/${family}/${String(revision)}`,
  parameter: (name: string) => path`/systems-manager/parameters/${name}`,
  /** By name or ARN. */
  secret: (id: string) => path`/secretsmanager/secrets/${id}`,
  role: (name: string) => path`/iam/roles/${name}`,
  user: (name: string) => path`/iam/users/${name}`,
  group: (name: string) => path`/iam/groups/${name}`,
  /** By ARN. */
  policy: (arn: string) => path`/iam/policies/${arn}`,
  /** By id, ARN or alias. */
  key: (id: string) => path`/kms/keys/${id}`,
  logGroup: (name: string) => path`/cloudwatch/log-groups/${name}`,
  logStream: (group: string, stream: string) => path`/cloudwatch/log-groups/${group}/log-streams/${stream}`,
  repository: (name: string) => path`/ecr/repositories/${name}`,
  event: (id: string) => path`/cloudtrail/events/${id}`,
} as const;

/** The last part of an ARN, or of what stands after its last slash: a cluster's, a service's or a task's name. */
export function nameOf(arn: string | undefined): string {
  return (arn ?? "").split("/").at(-1) ?? "";
}

/** `web` and `3` of a task definition's ARN, or of `web:3`. */
export function familyOf(definition: string | undefined): { readonly family: string; readonly revision: string } {
  const [family = "", revision = ""] = nameOf(definition).split(":");
  return { family, revision };
}

/** The page of what an ARN names; undefined if there is none. */
export function pageOf(arn: string): string | undefined {
  const [, , service = "", , , ...rest] = arn.split(":");
  const resource = rest.join(":");
  const [kind = "", ...names] = resource.split("/");
  const [first = "", second = ""] = names;
  const last = names.at(-1) ?? "";
  switch (`${service}:${kind}`) {
    case "ecs:cluster":
      return to.cluster(first);
    case "ecs:service":
      return names.length > 1 ? to.service(first, second) : undefined;
    case "ecs:task":
      return names.length > 1 ? to.task(first, second) : undefined;
    case "ecs:container-instance":
      return names.length > 1 ? to.containerInstance(first, second) : undefined;
    case "ecs:task-definition":
      return to.taskDefinition(...(first.split(":") as [string, string]));
    case "ssm:parameter":
      return to.parameter(names.length > 1 ? `/${names.join("/")}` : first);
    case "iam:role":
      return to.role(last);
    case "iam:user":
      return to.user(last);
    case "iam:group":
      return to.group(last);
    case "iam:policy":
      return to.policy(arn);
    case "kms:key":
    case "kms:alias":
      return to.key(kind === "key" ? first : resource);
    case "ecr:repository":
      return to.repository(names.join("/"));
  }
  if (service === "secretsmanager") return to.secret(arn);
  if (service === "logs" && rest[0] === "log-group") return to.logGroup(rest[1] ?? "");
  return undefined;
}
