import type { ScheduledTask } from "../tasks/scheduled-task.ts";
import type { Deployment, ServiceRecord, Stage } from "./service.ts";

const minute = 60_000;

export function isBlueGreen({ deploymentConfiguration }: Pick<ServiceRecord, "deploymentConfiguration">): boolean {
  return deploymentConfiguration.strategy === "BLUE_GREEN";
}

/**
 * The stage of a service whose deployments are blue and green, and the blue tasks that stay for now: `others` are those that are not of
 * the primary deployment. Of other services there is none.
 */
export function blueGreen(
  service: ServiceRecord,
  others: readonly ScheduledTask[],
  { isScaled, now }: { readonly isScaled: boolean; readonly now: number },
): { readonly stage?: Stage; readonly staying: readonly ScheduledTask[] } {
  if (!isBlueGreen(service)) return { staying: [] };
  const [{ id: green }] = service.deployments;
  const blue = others.filter(({ startedBy }) => startedBy !== green && startedBy === service.lastCompleted?.id);
  const stage = stageOf(service, { isScaled, hasBlue: blue.length > 0, now });
  return { stage, staying: stage.name === "CLEAN_UP" ? [] : blue };
}

/**
 * The stage that the primary deployment, the green one, has come to. The blue tasks stay until it is CLEAN_UP. `isScaled`: all
 * green tasks run; `hasBlue`: there are blue ones.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
function stageOf(
  { deployments: [green], deploymentConfiguration: { bakeTimeInMinutes = 0 } }: ServiceRecord,
  { isScaled, hasBlue, now }: { readonly isScaled: boolean; readonly hasBlue: boolean; readonly now: number },
): Stage {
  const { stage = { name: "SCALE_UP", since: green.createdAt }, rollback } = green;
  if (stage.name === "CLEAN_UP") return stage;
  // What is gone back to has all its tasks yet.
  if (rollback || (isScaled && !hasBlue)) return { name: "CLEAN_UP", since: now };
  const baking: Stage = stage.name === "SCALE_UP" && isScaled ? { name: "BAKE_TIME", since: now } : stage;
  const isBaked = baking.name === "BAKE_TIME" && now >= baking.since + bakeTimeInMinutes * minute;
  return isBaked ? { name: "CLEAN_UP", since: now } : baking;
}

/**
 * The service with its blue deployment as the primary one again, as long as that has tasks; `undefined` where it has none, or where
 * deployments are not blue and green.
 */
export function backToBlue(service: ServiceRecord, reason: string, now: number): ServiceRecord | undefined {
  if (!isBlueGreen(service)) return undefined;
  const blue = service.deployments.find(({ id, status }) => status === "ACTIVE" && id === service.lastCompleted?.id);
  if (!blue) return undefined;
  const primary: Deployment = {
    ...blue,
    status: "PRIMARY",
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: reason,
    updatedAt: now,
    rollback: true,
  };
  const others = service.deployments.filter((one) => one !== blue);
  const older = others.map((one) => ({ ...one, status: "ACTIVE" as const, updatedAt: now }));
  return { ...service, steady: false, deployments: [primary, ...older] };
}
