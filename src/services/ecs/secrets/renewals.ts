import type { AcsMessages } from "../../../acs/protocol.ts";
import { worker } from "../../../concurrency/worker.ts";
import { taskCredentials } from "../acs/task-credentials.ts";
import { lastPart, scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Instance } from "../instances/instance.ts";
import { addEvents } from "../services/deployments.ts";
import { changeTask } from "../tasks/change-task.ts";
import type { HeldRow } from "../tasks/state-records.ts";
import { tellingAttribute } from "./learn.ts";
import { isSignalled } from "./on-change.ts";
import { type CurrentVersions, referencesOf, type SecretReference } from "./references.ts";
import { oneLook, resolveAll, staleSecrets } from "./staleness.ts";

/** Milliseconds between looks. */
export const renewalInterval = 1_000;

/** Milliseconds after which an agent is told again of versions that a task does not hold yet. */
const tellAgainAfter = 15_000;

const longestReason = 1_024;

/**
 * Tells an instance's agent which of its tasks are to get newer versions of their secrets while they run, with a session of their
 * execution role, until they hold them. What is stored are the versions that they hold: any other session goes on where this one
 * ends.
 */
export function secretRenewals(
  context: Ecs,
  instance: Instance,
  send: (message: AcsMessages["RenewSecretsMessage"]) => void,
): AsyncDisposable & { idle(): Promise<void>; failed(failure: AcsMessages["RenewSecretsFailure"]): Promise<void> } {
  const { store, timers, clock, ids, onError, currentVersions } = context;
  const signalled = signalledReferences(context);
  /** By task: the versions that its agent was told of, and when. */
  const told = new Map<string, { readonly versions: string; readonly at: number }>();

  const look = worker(async () => {
    if (!currentVersions) return;
    const current = oneLook(currentVersions);
    const rows = await store.taskStates.heldOn(instance.arn);
    const here = new Set(rows.map(({ arn }) => arn));
    for (const arn of told.keys()) if (!here.has(arn)) told.delete(arn);
    for (const row of rows) await tell(row, current);
  }, onError);

  async function tell({ arn, definitionArn, held }: HeldRow, current: CurrentVersions): Promise<void> {
    const { definition, references } = await signalled(definitionArn);
    if (!definition || references.length === 0) return;
    const stale = staleSecrets(held.secrets, await resolveAll(references, current));
    if (stale.length === 0) return void told.delete(arn);
    const versions = JSON.stringify(stale);
    const before = told.get(arn);
    const now = clock.now().getTime();
    if (before?.versions === versions && now < before.at + tellAgainAfter) return;
    const task = await store.tasks.find(arn);
    // A pinned task keeps its versions.
    if (!task || task.pins) return;
    told.set(arn, { versions, at: now });
    const { execution, denied } = await taskCredentials(context, task, definition);
    const messageId = ids.uuid();
    if (execution) send({ messageId, taskArn: arn, executionRoleCredentials: execution });
    else await failed({ messageId, taskArn: arn, reason: denied ?? "the task has no execution role" });
  }

  async function failed({ taskArn, reason }: AcsMessages["RenewSecretsFailure"]): Promise<void> {
    const failure = reason.slice(0, longestReason);
    const task = await store.tasks.find(taskArn);
    if (task?.instanceArn !== instance.arn || !task.held || task.held.failure === failure) return;
    await changeTask(context, taskArn, (now) => (now.held ? { ...now, held: { ...now.held, failure } } : now));
    const { serviceArn } = task;
    if (serviceArn === undefined) return;
    await store.transaction(async (records) => {
      const service = await records.services.find(serviceArn);
      if (!service) return;
      const message = `(service ${service.name}) (task ${lastPart(taskArn)}) could not get newer versions of its secrets: ${failure}`;
      await records.services.put(addEvents(service, [message], ids, clock.now().getTime()));
    });
  }

  const isAble = instance.attributes.some(({ name }) => name === tellingAttribute);
  const stops = isAble && currentVersions ? [timers.every(renewalInterval, look.wake)] : [];
  return {
    idle: look.idle,
    failed,
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      await look[Symbol.asyncDispose]();
    },
  };
}

interface Signalled {
  readonly definition: TaskDefinition | undefined;
  readonly references: readonly SecretReference[];
}

/** The references of a definition's containers that get newer versions while they run. A revision never changes. */
function signalledReferences({ store }: Pick<Ecs, "store">): (definitionArn: string) => Promise<Signalled> {
  const known = new Map<string, Promise<Signalled>>();
  async function read(arn: string): Promise<Signalled> {
    const definition = await store.definitions.get(arn);
    const all = definition ? referencesOf(definition, scopeOf(arn)) : [];
    return { definition, references: definition ? all.filter((one) => isSignalled(definition, one)) : [] };
  }
  return (arn) => {
    const found = known.get(arn) ?? read(arn);
    known.set(arn, found);
    void found.catch(() => known.delete(arn)); // the next look reads it again
    return found;
  };
}
