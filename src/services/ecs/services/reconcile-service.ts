import { lastPart } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { startTasks } from "../placement/start-tasks.ts";
import type { Records } from "../store.ts";
import { requestStop } from "../tasks/state.ts";
import type { Task } from "../tasks/task.ts";
import { addEvents, newDeployment } from "./deployments.ts";
import { placementEvent } from "./placement-event.ts";
import { type Plan, planService } from "./plan-service.ts";
import type { ServiceRecord } from "./service.ts";
import { serviceTaskTags } from "./task-tags.ts";

/** Decides on a service and carries it out in one transaction. Resolves to the instances whose tasks have changed. */
export async function reconcileService(context: Ecs, arn: string): Promise<ReadonlySet<string>> {
  const { store, clock } = context;
  const now = clock.now().getTime();
  // Most looks find nothing to do, and should not write.
  const glance = await look(store, arn, now);
  if (!glance || isIdle(glance.service, glance.plan)) return new Set();
  return store.transaction(async (records) => {
    const current = await look(records, arn, now);
    return current ? carryOut(context, records, current.service, current.plan, now) : new Set<string>();
  });
}

async function look(records: Records, arn: string, now: number) {
  const service = await records.services.find(arn);
  if (!service) return undefined;
  const instances = await records.instances.ofCluster(service.clusterArn);
  const draining = new Set(instances.filter(({ status }) => status === "DRAINING").map((instance) => instance.arn));
  return { service, plan: planService(service, await records.tasks.ofService(arn), { now, draining }) };
}

function isIdle(service: ServiceRecord, plan: Plan): boolean {
  const still = plan.start === 0 && plan.stop.length === 0 && plan.events.length === 0 && !plan.rollback;
  return still && JSON.stringify(service) === JSON.stringify(plan.service);
}

async function carryOut(
  context: Ecs,
  records: Records,
  service: ServiceRecord,
  plan: Plan,
  now: number,
): Promise<Set<string>> {
  const touched = new Set<string>();
  const messages = [...plan.events];
  let next = plan.service;
  for (const { task, deploymentId } of plan.stop) {
    const reason = `Scaling activity initiated by (deployment ${deploymentId})`;
    await records.tasks.update(requestStop(task, { at: now, code: "ServiceSchedulerInitiated", reason }));
    if (task.instanceArn) touched.add(task.instanceArn);
  }
  if (plan.stop.length > 0) {
    const stopped = plan.stop.map(({ task }) => task);
    messages.push(`(service ${service.name}) has stopped ${stopped.length} running tasks: ${named(stopped)}.`);
  }
  if (plan.rollback) next = rollBack(context, next, now);
  else if (plan.start > 0) {
    const { tasks, event } = await start(context, records, next, plan.start, now);
    for (const { instanceArn } of tasks) if (instanceArn) touched.add(instanceArn);
    if (tasks.length > 0)
      messages.push(`(service ${service.name}) has started ${tasks.length} tasks: ${named(tasks)}.`);
    if (event !== undefined && !next.events.slice(0, 1).some(({ message }) => message === event)) messages.push(event);
  }
  const stored = addEvents(next, messages, context.ids, now);
  if (JSON.stringify(stored) !== JSON.stringify(service)) await records.services.put(stored);
  return touched;
}

async function start(context: Ecs, records: Records, service: ServiceRecord, count: number, now: number) {
  const [primary] = service.deployments;
  const definition = await records.definitions.get(primary.definitionArn);
  if (!definition) throw new Error(`Cannot find the task definition of ${service.arn}`);
  const { tasks, failures } = await startTasks(
    records,
    {
      clusterArn: service.clusterArn,
      definition,
      launchType: primary.launchType,
      overrides: {},
      networkConfiguration: primary.networkConfiguration,
      group: `service:${service.name}`,
      startedBy: primary.id,
      serviceArn: service.arn,
      enableExecuteCommand: service.enableExecuteCommand ?? false,
      clientToken: undefined,
      requestHash: undefined,
      constraints: service.placementConstraints ?? [],
      strategy: service.placementStrategy ?? [],
    },
    count,
    { ids: context.ids, now },
  );
  const tags = await serviceTaskTags(records, service, definition.arn);
  if (tags.length > 0) for (const task of tasks) await records.tags.put(task.arn, tags);
  return { tasks, event: tasks.length < count ? placementEvent(service.name, failures) : undefined };
}

/** Back to what last completed; without that the deployment stays failed. */
function rollBack({ ids }: Ecs, service: ServiceRecord, now: number): ServiceRecord {
  const { lastCompleted } = service;
  if (!lastCompleted) return service;
  const reason = `ECS deployment circuit breaker: rolling back to deploymentId ${lastCompleted.id}.`;
  return newDeployment(service, lastCompleted, { ids, now, rollback: true, reason });
}

function named(tasks: readonly Task[]): string {
  return tasks.map(({ arn }) => `(task ${lastPart(arn)})`).join(" ");
}
