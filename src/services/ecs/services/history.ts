import type { ServiceDeploymentStatus } from "@aws-sdk/client-ecs";
import { defined } from "../../../defined.ts";
import type { Deployment, History, Revision, ServiceDeploymentRecord, ServiceRecord } from "./service.ts";

/** How many deployments of a service are remembered. AWS remembers those of 90 days. */
const remembered = 30;

/** The states of a deployment that has not come to its end. */
export const underWay: ReadonlySet<ServiceDeploymentStatus> = new Set([
  "PENDING",
  "IN_PROGRESS",
  "ROLLBACK_IN_PROGRESS",
]);

/** The service with its history as far as its deployments have come. */
export function withHistory(service: ServiceRecord, now: number): ServiceRecord {
  const [primary, ...older] = service.deployments;
  const { deployments = [], revisions = [] } = service.history ?? {};
  const [newest] = deployments;
  // What is gone back to may have been the target of an earlier one.
  const isKnown = newest !== undefined && targetOf(newest) === primary.id;
  const begun = isKnown ? deployments : begin(deployments, primary, older, now);
  const next: History = {
    deployments: begun.map((one) => (targetOf(one) === primary.id ? follow(one, primary, now) : one)),
    revisions: revisions.some(({ id }) => id === primary.id)
      ? revisions
      : [revisionOf(service), ...revisions].slice(0, remembered),
  };
  return JSON.stringify(next) === JSON.stringify(service.history) ? service : { ...service, history: next };
}

/** The deployment that it now makes. */
function targetOf({ id, rollback }: ServiceDeploymentRecord): string {
  return rollback?.id ?? id;
}

function begin(
  known: readonly ServiceDeploymentRecord[],
  primary: Deployment,
  older: readonly Deployment[],
  now: number,
): readonly ServiceDeploymentRecord[] {
  const [newest, ...others] = known;
  if (primary.rollback && newest) {
    const { finishedAt: _, ...failed } = newest;
    const rollback = { id: primary.id, reason: primary.rolloutStateReason, startedAt: now };
    return [{ ...failed, status: "ROLLBACK_IN_PROGRESS", rollback, updatedAt: now }, ...others];
  }
  // A newer deployment ends one that is under way.
  const ended = known.map((one) =>
    underWay.has(one.status)
      ? {
          ...one,
          status: "STOPPED" as const,
          statusReason: "Another deployment of the service was started.",
          ...{ updatedAt: now, finishedAt: now },
        }
      : one,
  );
  const made: ServiceDeploymentRecord = {
    id: primary.id,
    sources: older.map(({ id }) => id),
    status: "IN_PROGRESS",
    createdAt: primary.createdAt,
    updatedAt: now,
  };
  return [made, ...ended].slice(0, remembered);
}

function follow(one: ServiceDeploymentRecord, { rolloutState, rolloutStateReason }: Deployment, now: number) {
  if (!underWay.has(one.status) || rolloutState === "IN_PROGRESS") return one;
  const good = one.rollback ? ("ROLLBACK_SUCCESSFUL" as const) : ("SUCCESSFUL" as const);
  const bad = one.rollback ? ("ROLLBACK_FAILED" as const) : ("STOPPED" as const);
  const isGood = rolloutState === "COMPLETED";
  const times = { updatedAt: now, finishedAt: now };
  return isGood
    ? { ...one, status: good, ...times }
    : { ...one, status: bad, statusReason: rolloutStateReason, ...times };
}

function revisionOf({ deployments: [primary], loadBalancers, serviceRegistries }: ServiceRecord): Revision {
  const { id, createdAt, definitionArn, launchType, capacityProviderStrategy, platformVersion, networkConfiguration } =
    primary;
  return {
    ...{ id, createdAt, definitionArn, launchType },
    ...defined({ capacityProviderStrategy, platformVersion, networkConfiguration, loadBalancers, serviceRegistries }),
  };
}
