import { scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { addEvents, newDeployment } from "../services/deployments.ts";
import type { Deployment, ServiceRecord } from "../services/service.ts";
import { described } from "./names.ts";
import type { Pins } from "./pins.ts";
import { type CurrentVersion, referencesOf, type SecretReference } from "./references.ts";

/** A service with this tag starts every task of a deployment with the versions that its secrets had when the deployment began. */
const pinTag = "sealift:pin-secrets";

/**
 * Pins the versions of a deployment that is about to start its first task, where the service wants it, and fails one whose pinned
 * versions are gone. Resolves to the service as it is then.
 */
export async function tendPins(context: Ecs, service: ServiceRecord): Promise<ServiceRecord> {
  const { store, currentVersions } = context;
  const [primary] = service.deployments;
  if (!currentVersions || service.status !== "ACTIVE" || primary.rolloutState === "FAILED") return service;
  if (primary.pins) {
    const gone = await goneOf(context, service, primary.pins);
    return gone.length > 0 ? fail(context, service, gone) : service;
  }
  if (primary.rolloutState !== "IN_PROGRESS") return service;
  const tags = await store.tags.get(service.arn);
  if (!tags.some(({ key, value }) => key === pinTag && value !== "false")) return service;
  // One that has tasks began without the tag.
  if ((await store.taskStates.countWanted(service.arn, primary.id)) > 0) return service;
  return pin(context, service);
}

async function referencesIn(
  { store }: Pick<Ecs, "store">,
  service: ServiceRecord,
): Promise<readonly SecretReference[]> {
  const definition = await store.definitions.get(service.deployments[0].definitionArn);
  return definition ? referencesOf(definition, scopeOf(service.arn)) : [];
}

async function pin(context: Ecs, service: ServiceRecord): Promise<ServiceRecord> {
  const references = await referencesIn(context, service);
  const pins: Record<string, readonly CurrentVersion[]> = {};
  for (const reference of references) pins[reference.valueFrom] ??= (await context.currentVersions?.(reference)) ?? [];
  const versions = [...new Set(Object.values(pins).flat().map(described))];
  return change(context, service, (current, primary, now) => {
    const pinned = withPrimary(current, { ...primary, pins });
    const message = `(service ${current.name}) (deployment ${primary.id}) is pinned to ${versions.join(", ")}.`;
    return versions.length > 0 ? addEvents(pinned, [message], context.ids, now) : pinned;
  });
}

/** The pinned versions that nobody can read any more. */
async function goneOf(context: Ecs, service: ServiceRecord, pins: Pins): Promise<readonly CurrentVersion[]> {
  const gone: CurrentVersion[] = [];
  const references = new Map((await referencesIn(context, service)).map((one) => [one.valueFrom, one]));
  for (const [valueFrom, reference] of references) {
    for (const pinned of pins[valueFrom] ?? []) {
      const { isPath: _, ...plain } = reference;
      const id = reference.isPath ? parameterName(pinned.arn) : reference.id;
      const found = await context.currentVersions?.({ ...plain, id, selector: { version: pinned.version } });
      if (found?.some(({ arn, version }) => arn === pinned.arn && version === pinned.version) !== true)
        gone.push(pinned);
    }
  }
  return gone;
}

/** Fails the deployment: it starts no more tasks. As with other failures, the circuit breaker goes back where it is to. */
function fail(context: Ecs, service: ServiceRecord, gone: readonly CurrentVersion[]): Promise<ServiceRecord> {
  const what = `a pinned version is gone: ${[...new Set(gone.map(described))].join(", ")}.`;
  return change(context, service, (current, primary, now) => {
    const failed = withPrimary(current, {
      ...primary,
      ...{ rolloutState: "FAILED", rolloutStateReason: `ECS deployment ${primary.id} failed: ${what}`, updatedAt: now },
    });
    const message = `(service ${current.name}) (deployment ${primary.id}) deployment failed: ${what}`;
    const told = addEvents(failed, [message], context.ids, now);
    const breaker = current.deploymentConfiguration.deploymentCircuitBreaker;
    const { lastCompleted } = current;
    const mayGoBack =
      breaker?.enable && breaker.rollback && !primary.rollback && primary.rolloutState === "IN_PROGRESS";
    if (!mayGoBack || !lastCompleted) return told;
    const reason = `ECS deployment circuit breaker: rolling back to deploymentId ${lastCompleted.id}.`;
    return newDeployment(told, lastCompleted, { ids: context.ids, now, rollback: true, reason });
  });
}

async function change(
  { store, clock }: Ecs,
  service: ServiceRecord,
  next: (service: ServiceRecord, primary: Deployment, now: number) => ServiceRecord,
): Promise<ServiceRecord> {
  return store.transaction(async (records) => {
    const current = await records.services.find(service.arn);
    const [primary] = service.deployments;
    if (!current || JSON.stringify(current.deployments[0]) !== JSON.stringify(primary)) return current ?? service;
    const changed = next(current, primary, clock.now().getTime());
    await records.services.put(changed);
    return changed;
  });
}

function withPrimary(service: ServiceRecord, primary: Deployment): ServiceRecord {
  const [, ...older] = service.deployments;
  return { ...service, deployments: [primary, ...older] };
}

/** The name of the parameter of an ARN. */
function parameterName(arn: string): string {
  const path = arn
    .split(":")
    .slice(5)
    .join(":")
    .replace(/^parameter\//, "");
  return path.includes("/") ? `/${path}` : path;
}
