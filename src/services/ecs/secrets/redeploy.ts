import type { Tag } from "@aws-sdk/client-ecs";
import { scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { addEvents, newDeployment } from "../services/deployments.ts";
import type { ServiceRecord } from "../services/service.ts";
import type { HeldRow } from "../tasks/state-records.ts";
import { described, wanted } from "./names.ts";
import { isSignalled } from "./on-change.ts";
import type { CurrentVersion, CurrentVersions } from "./references.ts";
import { referencesOf } from "./references.ts";
import { oneLook, resolveAll, staleSecrets } from "./staleness.ts";

/** A service with this tag is deployed anew when secrets of its tasks have new versions: `all`, or the names of those that count. */
const redeployTag = "sealift:redeploy-on-rotation";

/** Seconds that must pass without another change before the deployment. */
const quietTag = "sealift:redeploy-quiet-seconds";

const usualQuiet = 5;
const longestQuiet = 3_600;

/** Changes that never end put a deployment off for this many quiet periods. */
const mostQuietPeriods = 6;

/** Changes of a service's secrets that were seen and are not deployed yet. */
interface Pending {
  readonly versions: string;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Starts a deployment of each service that wants one when a secret of its tasks has a new version. A round looks at all of them;
 * what it remembers is the quiet period only, which begins anew where another process goes on.
 */
export function redeployer(context: Ecs): () => Promise<void> {
  const pending = new Map<string, Pending>();
  return async () => {
    const { store, clock, currentVersions } = context;
    if (!currentVersions) return;
    const look = oneLook(currentVersions);
    const tags = await store.tags.ofAll(await store.services.active());
    const wanting = [...tags].filter(([, all]) => all.some(({ key }) => key === redeployTag));
    for (const arn of pending.keys()) if (!wanting.some(([one]) => one === arn)) pending.delete(arn);
    for (const [arn, all] of wanting) {
      const changed = await changedVersions(context, arn, all, look);
      const now = clock.now().getTime();
      const before = pending.get(arn);
      const versions = changed.map(nameOf).join();
      if (changed.length === 0) {
        pending.delete(arn);
        continue;
      }
      const seen = before?.versions === versions ? before : { versions, firstAt: before?.firstAt ?? now, lastAt: now };
      pending.set(arn, seen);
      const quiet = quietPeriod(all);
      if (now < seen.lastAt + quiet && now < seen.firstAt + mostQuietPeriods * quiet) continue;
      pending.delete(arn);
      await redeploy(context, arn, all, look);
    }
  };
}

/** The versions that a deployment would bring, without those that the last one for secrets was for already. */
async function changedVersions(
  { store }: Pick<Ecs, "store">,
  arn: string,
  tags: readonly Tag[],
  look: CurrentVersions,
): Promise<readonly CurrentVersion[]> {
  const service = await store.services.find(arn);
  if (!service || !isFree(service)) return [];
  const stale = await staleOf(store, service, tags, look);
  return stale.filter((one) => !service.redeployed?.versions.includes(nameOf(one)));
}

/**
 * No deployment is under way. One that failed stays as it is, unless it was for secrets: then newer versions may mend it. One
 * that was rolled back has its versions in `redeployed`, so that they are not tried again.
 */
function isFree({ status, deployments: [primary, ...older], redeployed }: ServiceRecord): boolean {
  if (status !== "ACTIVE") return false;
  if (primary.rolloutState === "FAILED") return redeployed?.deploymentId === primary.id;
  return primary.rolloutState === "COMPLETED" && older.length === 0;
}

async function staleOf(
  store: Pick<Ecs["store"], "definitions" | "taskStates">,
  service: ServiceRecord,
  tags: readonly Tag[],
  look: CurrentVersions,
): Promise<readonly CurrentVersion[]> {
  const isWanted = wanted(tags.find(({ key }) => key === redeployTag)?.value ?? "");
  const rows = await store.taskStates.heldOf(service.arn);
  const found = new Map<string, CurrentVersion>();
  for (const [definitionArn, own] of Map.groupBy(rows, (row: HeldRow) => row.definitionArn)) {
    const definition = await store.definitions.get(definitionArn);
    if (!definition) continue;
    const references = referencesOf(definition, scopeOf(service.arn)).filter(
      // A pinned deployment keeps its versions to its end.
      (one) => service.deployments[0].pins !== undefined || !isSignalled(definition, one),
    );
    const resolved = await resolveAll(references, look);
    for (const { held } of own) {
      for (const { arn, version } of staleSecrets(held.secrets, resolved)) {
        if (isWanted(arn)) found.set(`${arn} ${version}`, { arn, version });
      }
    }
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, version]) => version);
}

async function redeploy(context: Ecs, arn: string, tags: readonly Tag[], look: CurrentVersions): Promise<void> {
  const { store, ids, clock, wakes } = context;
  const seen = await store.services.find(arn);
  if (!seen) return;
  const stale = await staleOf(store, seen, tags, look);
  const changed = stale.filter((one) => !seen.redeployed?.versions.includes(nameOf(one)));
  const now = clock.now().getTime();
  await store.transaction(async (records) => {
    const service = await records.services.find(arn);
    // Somebody else may have deployed it meanwhile.
    if (!service || !isFree(service) || service.deployments[0].id !== seen.deployments[0].id) return;
    const { pins: _, ...primary } = service.deployments[0];
    const deployed = newDeployment(service, primary, { ids, now });
    const [{ id }] = deployed.deployments;
    const message = `(service ${service.name}) (deployment ${id}) was started as tasks hold older versions: ${changed.map(described).join(", ")}.`;
    const next = { ...deployed, redeployed: { deploymentId: id, versions: stale.map(nameOf) } };
    await records.services.put(addEvents(next, [message], ids, now));
  });
  wakes.wake("services");
}

function nameOf({ arn, version }: CurrentVersion): string {
  return `${arn} ${version}`;
}

/** Milliseconds. What is no number of seconds is passed over. */
function quietPeriod(tags: readonly Tag[]): number {
  const value = tags.find(({ key }) => key === quietTag)?.value ?? "";
  const seconds = /^\d{1,4}$/.test(value) ? Math.min(Number(value), longestQuiet) : usualQuiet;
  return seconds * 1000;
}
