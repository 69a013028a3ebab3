import type { Ecs } from "../context.ts";
import { ableInstances } from "../placement/placement.ts";
import { requirements } from "../placement/start-tasks.ts";
import type { Records } from "../store.ts";
import { serviceTask } from "./carry-out.ts";
import type { SchedulerRound } from "./round.ts";
import type { ServiceRecord } from "./service.ts";

/**
 * The instances on which a daemon service has its tasks: the active ones that have what the task definition needs and meet the
 * constraints. Whether an agent is connected now makes no difference, nor what else runs there.
 */
export async function daemonInstances(
  context: Ecs,
  records: Records,
  service: ServiceRecord,
  round: SchedulerRound,
): Promise<ReadonlySet<string>> {
  const definition = await records.definitions.get(service.deployments[0].definitionArn);
  if (!definition) throw new Error(`Cannot find the task definition of ${service.arn}`);
  const needed = requirements(await serviceTask(records, service, definition), context);
  const instances = await round.instances(records, service.clusterArn);
  const { able, failures } = ableInstances(instances, needed);
  const away = failures.filter(({ reason }) => reason === "AGENT").map(({ arn }) => arn);
  return new Set([...able.map(({ arn }) => arn), ...away]);
}
