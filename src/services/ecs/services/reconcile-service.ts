import { setImmediate } from "node:timers/promises";
import type { Ecs } from "../context.ts";
import { tendPins } from "../secrets/tend-pins.ts";
import type { Records } from "../store.ts";
import { isAtRest } from "./at-rest.ts";
import { breakerName } from "./breaker.ts";
import { carryOut, sliceSize, type Work } from "./carry-out.ts";
import { daemonInstances } from "./daemon-instances.ts";
import { addEvents, rollBack } from "./deployments.ts";
import { withHistory } from "./history.ts";
import { planDaemon } from "./plan-daemon.ts";
import { type Plan, planService } from "./plan-service.ts";
import type { SchedulerRound } from "./round.ts";
import type { ServiceRecord } from "./service.ts";

/**
 * Decides on a service and carries the decision out, in slices: each is a transaction, and requests are answered between
 * them. `seen` is the service as the round found it.
 */
export async function reconcileService(context: Ecs, seen: ServiceRecord, round: SchedulerRound): Promise<void> {
  const { store } = context;
  // Most looks find nothing to do, and should not write.
  if (await isIdle(context, seen, round)) return;
  await tendPins(context, seen);
  let work = await store.transaction(async (records) => {
    const service = await records.services.find(seen.arn);
    return service && carryOut(context, records, await decide(context, records, service, round), round);
  });
  while (work) {
    for (const instanceArn of work.touched) context.wakes.wake(`instance:${instanceArn}`);
    if (work.start === 0 && work.stop.length === 0) return;
    await setImmediate();
    const left: Work = work;
    work = await store.transaction(async (records) =>
      (await isUnchanged(records, left)) ? carryOut(context, records, left, round) : undefined,
    );
  }
}

async function isIdle(context: Ecs, service: ServiceRecord, round: SchedulerRound): Promise<boolean> {
  const { store } = context;
  const draining = await round.draining(service.clusterArn);
  const isDaemon = service.schedulingStrategy === "DAEMON";
  if (!isDaemon && draining.size === 0 && isAtRest(service, await store.taskStates.countLive(service.arn))) return true;
  const plan = await planFor(context, store, service, round);
  const isStill = plan.start === 0 && plan.stop.length === 0 && plan.events.length === 0 && !plan.rollback;
  return isStill && JSON.stringify(service) === JSON.stringify(plan.service);
}

async function planFor(context: Ecs, records: Records, service: ServiceRecord, round: SchedulerRound): Promise<Plan> {
  const tasks = await records.taskStates.ofService(service.arn, service.deployments[0].id);
  const now = context.clock.now().getTime();
  if (service.schedulingStrategy === "DAEMON") {
    return planDaemon(service, tasks, { now, instances: await daemonInstances(context, records, service, round) });
  }
  return planService(service, tasks, {
    now,
    draining: await round.draining(service.clusterArn),
  });
}

async function decide(context: Ecs, records: Records, service: ServiceRecord, round: SchedulerRound): Promise<Work> {
  const { ids, clock } = context;
  const now = clock.now().getTime();
  const plan = await planFor(context, records, service, round);
  const next = withHistory(plan.rollback ? rollBack(plan.service, breakerName, { ids, now }) : plan.service, now);
  return {
    stored: service,
    service: addEvents(next, plan.events, ids, now),
    start: plan.rollback ? 0 : plan.start,
    ...(plan.startOn && { startOn: plan.rollback ? [] : plan.startOn }),
    stop: plan.stop,
    wanted: plan.start > sliceSize ? await countWanted(records, service) : 0,
    definition: undefined,
    touched: new Set(),
  };
}

/** True if the decision still stands: since the last slice nobody has changed the service or started tasks of it. */
async function isUnchanged(records: Records, { service, start, wanted }: Work): Promise<boolean> {
  const current = await records.services.find(service.arn);
  if (JSON.stringify(current) !== JSON.stringify(service)) return false;
  return start === 0 || (await countWanted(records, service)) <= wanted;
}

function countWanted({ taskStates }: Records, { arn, deployments: [primary] }: ServiceRecord): Promise<number> {
  return taskStates.countWanted(arn, primary.id);
}
