import { ClusterNotFoundException$ } from "@aws-sdk/client-ecs";
import { ApiError } from "../../model/api-error.ts";
import { clusterArn, inCluster, isOwn, parseTaskDefinition, type Scope } from "./arns.ts";
import type { Cluster } from "./clusters/cluster.ts";
import type { Ecs } from "./context.ts";
import type { TaskDefinition } from "./definitions/definition.ts";
import { clientError, clusterNotFound, invalidParameter } from "./errors.ts";
import type { Instance } from "./instances/instance.ts";
import type { Records } from "./store.ts";
import type { Task } from "./tasks/task.ts";

/** The cluster given by name or ARN, `default` unless given. Throws what AWS answers where it is not there or inactive. */
export async function findCluster(
  { store }: { readonly store: Pick<Records, "clusters"> },
  scope: Scope,
  reference?: string,
): Promise<Cluster> {
  const arn = clusterArn(scope, reference);
  const cluster = isOwn(scope, arn) ? await store.clusters.find(arn) : undefined;
  if (!cluster) throw clusterNotFound();
  if (cluster.status === "INACTIVE")
    throw new ApiError(ClusterNotFoundException$, "The referenced cluster was inactive.");
  return cluster;
}

/** The definition that `family`, `family:revision` or an ARN names, active or not. */
export async function lookUpDefinition(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  reference: string,
): Promise<TaskDefinition | undefined> {
  const parsed = parseTaskDefinition(scope, reference);
  return parsed && store.definitions.find(scope, parsed.family, parsed.revision);
}

/** The definition that a new task is to run. */
export async function findActiveDefinition(
  context: Pick<Ecs, "store">,
  scope: Scope,
  reference: string,
): Promise<TaskDefinition> {
  const definition = await lookUpDefinition(context, scope, reference);
  if (!definition) throw clientError("TaskDefinition not found.");
  if (definition.status !== "ACTIVE") throw clientError("TaskDefinition is inactive");
  return definition;
}

/** A task of the cluster. */
export async function findTask(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  cluster: Cluster,
  reference: string,
): Promise<Task> {
  const task = await store.tasks.find(inCluster(scope, cluster.arn, "task", reference));
  if (!task || task.clusterArn !== cluster.arn) throw invalidParameter("The referenced task was not found.");
  return task;
}

/** A container instance of the cluster that is not deregistered. */
export async function findInstance(
  { store }: Pick<Ecs, "store">,
  scope: Scope,
  cluster: Cluster,
  reference: string,
): Promise<Instance> {
  const instance = await store.instances.find(inCluster(scope, cluster.arn, "container-instance", reference));
  if (!instance || instance.clusterArn !== cluster.arn || instance.status === "INACTIVE") {
    throw invalidParameter("The referenced container instance was not found.");
  }
  return instance;
}
