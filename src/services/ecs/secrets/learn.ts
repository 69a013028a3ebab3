import { heldBy } from "../../../acs/held-secrets.ts";
import { scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { changeTask } from "../tasks/change-task.ts";
import type { Task } from "../tasks/task.ts";
import { referencesOf, type SecretReference } from "./references.ts";
import type { TrailRead, TrailReads } from "./trail.ts";

/** An attribute of container instances whose agent tells which versions its tasks hold, and can give them newer ones. */
export const tellingAttribute = "sealift.secret-versions";

/**
 * Notes of running tasks whose agent does not tell, such as AWS's own, which versions they hold: what the audit trail says that
 * their execution roles' sessions have read.
 */
export async function learnFromTrail(context: Ecs): Promise<void> {
  const { store, trailReads } = context;
  if (!trailReads) return;
  const untold = await store.taskStates.untold();
  const instances = await store.instances.findAll([...untold.keys()]);
  const silent = instances.filter(({ attributes }) => !attributes.some(({ name }) => name === tellingAttribute));
  for (const task of await store.tasks.findAll(silent.flatMap(({ arn }) => untold.get(arn) ?? []))) {
    const held = { from: "audit-trail" as const, secrets: await heldOf(context, trailReads, task) };
    await changeTask(context, task.arn, (now) => (now.held || now.stoppedAt ? now : { ...now, held }));
  }
}

async function heldOf({ store }: Ecs, trailReads: TrailReads, task: Task) {
  const definition = await store.definitions.get(task.definitionArn);
  const references = definition ? referencesOf(definition, scopeOf(task.arn)) : [];
  const { account } = scopeOf(task.arn);
  const name = task.arn.slice(task.arn.lastIndexOf("/") + 1);
  const reads = new Map<string, readonly TrailRead[]>();
  for (const region of new Set(references.map((one) => one.region))) {
    reads.set(region, await trailReads({ account, region, name, since: new Date(task.createdAt) }));
  }
  return heldBy(
    // The label that means whole secrets and paths means nothing to such an agent.
    references.flatMap((reference) => {
      const read = (reads.get(reference.region) ?? []).find((one) => isReadOf(one, reference));
      return read ? [[reference.container, read] as const] : [];
    }),
  );
}

function isReadOf({ arn, asked }: TrailRead, { service, id, selector, valueFrom }: SecretReference): boolean {
  if (service === "secretsmanager" && asked.secretId !== undefined) {
    const { versionStage: stage, versionId: version } = asked;
    const isPinned = version !== undefined && !(selector && "version" in selector);
    const isSame = (version ?? stage) === Object.values(selector ?? {})[0];
    return asked.secretId === id && (isSame || isPinned);
  }
  const isAsked = asked.names?.some((one) => one === valueFrom || one.split(":")[0] === id) ?? false;
  return isAsked && (service === "secretsmanager" || arn.endsWith(`:parameter${id.startsWith("/") ? id : `/${id}`}`));
}
