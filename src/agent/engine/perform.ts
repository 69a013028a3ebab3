import { pause } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type Resource, type ResourceContext, ResourceFailure } from "../resources/resource.ts";
import type { Action } from "./actions.ts";
import { findOfTask } from "./adopt.ts";
import { containerSpec } from "./container-spec.ts";
import type { Credentials } from "./credentials.ts";
import type { EngineOptions } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { redactFor } from "./hide.ts";
import { loggerReason } from "./logger-reason.ts";
import { patiently } from "./patience.ts";
import { redactor } from "./redact.ts";
import { createContainer } from "./steps/create.ts";
import { observeContainer } from "./steps/observe.ts";
import { pullImage } from "./steps/pull.ts";
import { startContainer } from "./steps/start.ts";
import { type Retry, reasonOf, type StepContext } from "./steps/step.ts";
import { stopContainer } from "./steps/stop.ts";
import { containerOf, type TaskEvent } from "./task.ts";
import { within } from "./within.ts";

export interface PerformerOptions extends EngineOptions {
  readonly credentials: Credentials;
  /** Aborted when the engine is disposed of. */
  readonly closing: AbortSignal;
  record(arn: string, event: TaskEvent): void;
}

type Begun = Exclude<Action, { kind: "give-up" }>;

/** Does what `actions` decided, and records the event that comes of it. */
export function performer(options: PerformerOptions) {
  const { runtime, clock, timers, resources, cluster, region, closing, record } = options;

  /** `saved` resolves when it is on the disk that the action has begun. */
  async function perform(entry: Entry, action: Begun, saved: Promise<boolean>): Promise<void> {
    switch (action.kind) {
      case "make": {
        const resource = resources.find(({ kind }) => kind === action.resource);
        return resource && make(entry, resource, saved);
      }
      case "undo":
        return insist(entry, () => undo(entry, action.resource));
      case "pull":
        return pull(entry, action.container);
      case "create":
        return create(entry, action.container, saved);
      case "start":
        return start(entry, action.container, saved);
      case "stop":
        return insist(entry, () => stopContainer(contextOf(entry, action.container), action.container));
    }
  }

  function recordAny(arn: string, event: TaskEvent | undefined): void {
    if (event) record(arn, event);
  }

  function dataOf(entry: Entry, { kind, keeps }: Resource): unknown {
    return keeps === "memory" ? entry.memory.get(kind) : entry.task.resources[kind]?.data;
  }

  function contextOf(entry: Entry, container: string): StepContext {
    const { task, stop } = entry;
    const redact = entry.redacts.get(container) ?? redactFor(task, container, resources, (one) => dataOf(entry, one));
    return {
      ...{ runtime, clock, task, redact, closing },
      within: (transition, milliseconds, work) => within(timers, transition, milliseconds, work),
      patiently: (work) => patiently(options, stop.signal, work),
    };
  }

  /** The intent is on the disk, and nobody has stopped the task meanwhile; else records `cancelled` where that is why. */
  async function mayBegin(entry: Entry, saved: Promise<boolean>, cancelled: TaskEvent): Promise<boolean> {
    if (!(await saved) || closing.aborted) return false;
    if (entry.task.desired === "RUNNING") return true;
    record(entry.task.arn, cancelled);
    return false;
  }

  async function make(entry: Entry, resource: Resource, saved: Promise<boolean>): Promise<void> {
    const { kind, keeps } = resource;
    const { arn } = entry.task;
    const cancelled = { kind: "resource-undone", resource: kind } as const;
    // What is kept in memory waits, too, so that the Engine's work begins first.
    if (!(await mayBegin(entry, saved, cancelled))) return;
    let isUnclear: true | undefined;
    try {
      const data = await patiently(options, entry.stop.signal, async (again) => {
        if (again) isUnclear = true;
        const made = again ? await find(entry, resource) : undefined;
        return made ?? resource.make(resourceContext(entry), entry.task);
      });
      if (keeps === "memory") entry.memory.set(kind, data);
      record(arn, {
        kind: "resource-made",
        resource: kind,
        ...defined({ data: keeps === "state" ? data : undefined, held: resource.holds?.(entry.task, data), isUnclear }),
      });
    } catch (error) {
      if (closing.aborted) return;
      const left = await find(entry, resource).catch(() => undefined); // then it is found when the task is removed
      record(arn, { kind: "resource-failed", resource: kind, reason: failureOf(kind, error), ...defined({ left }) });
    }
  }

  function resourceContext({ task, stop }: Entry): ResourceContext {
    const { credentials, secretSource, ecrSource, objectSource, awslogs } = options;
    const executionCredentials = () => credentials.wait(task.arn, "TaskExecution", stop.signal);
    const sources = { awslogs, secretSource, ecrSource, objectSource };
    return { runtime, cluster, signal: stop.signal, executionCredentials, ...sources };
  }

  /** The resource's data, where the runtime has it although its making has failed. */
  async function find({ task }: Entry, { adopt }: Resource): Promise<unknown> {
    return adopt?.(task, findOfTask(task.arn, await runtime.containers.list()));
  }

  async function undo(entry: Entry, kind: string): Promise<TaskEvent | Retry> {
    const resource = resources.find((one) => one.kind === kind);
    const data = resource && dataOf(entry, resource);
    try {
      if (data !== undefined) await resource?.undo?.(resourceContext(entry), entry.task, data);
      return { kind: "resource-undone", resource: kind };
    } catch (error) {
      return { retry: reasonOf(error) };
    }
  }

  async function pull(entry: Entry, container: string): Promise<void> {
    const { task } = entry;
    const shown = resources.map((resource) =>
      task.resources[resource.kind]
        ? resource.registryCredentials?.(task, container, dataOf(entry, resource))
        : undefined,
    );
    const credentials = shown.find((one) => one !== undefined);
    // No other secret goes to the runtime with a pull.
    const context = {
      ...contextOf(entry, container),
      redact: redactor(credentials && "password" in credentials ? [credentials.password] : []),
    };
    recordAny(task.arn, await pullImage(context, container, credentials));
  }

  async function create(entry: Entry, container: string, saved: Promise<boolean>): Promise<void> {
    const context = contextOf(entry, container);
    const given = resources.map((resource) => [resource, dataOf(entry, resource)] as const);
    // Its secrets may be forgotten before it is started.
    entry.redacts.set(container, context.redact);
    if (!(await mayBegin(entry, saved, ended(container)))) return;
    const spec = () =>
      containerSpec(context.task, container, {
        cluster,
        region,
        ...defined({ variables: options.variables }),
        apply: (bare) =>
          given.reduce((applied, [{ kind, apply }, data]) => {
            return context.task.resources[kind] && apply ? apply(applied, context.task, container, data) : applied;
          }, bare),
      });
    recordAny(entry.task.arn, await createContainer(context, container, spec));
  }

  async function start(entry: Entry, container: string, saved: Promise<boolean>): Promise<void> {
    if (!(await mayBegin(entry, saved, ended(container)))) return;
    const { runtimeId: id = "" } = containerOf(entry.task, container).attempt;
    const refused = await options.logStreams?.(
      entry.task,
      container,
      options.credentials.find(entry.task.arn, "TaskExecution"),
    );
    const unserved = refused === undefined ? await options.beforeStart?.(entry.task) : undefined;
    const outcome =
      refused !== undefined
        ? {
            failed: `CannotStartContainerError: Error response from daemon: failed to initialize logging driver: ${refused}`,
          }
        : unserved !== undefined
          ? { failed: `CannotStartContainerError: ${unserved}` }
          : await startContainer(contextOf(entry, container), container);
    const endedMeanwhile = entry.endedEarly.delete(id);
    if ("failed" in outcome) {
      const reason = loggerReason(entry.task.payload, outcome.failed);
      if (reason !== undefined) record(entry.task.arn, { kind: "stop-wanted", reason });
      return insist(entry, async () => {
        const stopped = await stopContainer(contextOf(entry, container), container);
        return "kind" in stopped && stopped.kind === "stopped"
          ? failedToStart(stopped, reason === undefined ? outcome.failed : undefined)
          : stopped;
      });
    }
    for (const event of outcome) record(entry.task.arn, event);
    if (endedMeanwhile) await observe(entry, container, id);
  }

  function ended(container: string): TaskEvent {
    return { kind: "stopped", container, at: clock.now().getTime() };
  }

  /** Does `step` until it succeeds or has nothing to report. */
  async function insist(entry: Entry, step: () => Promise<TaskEvent | Retry | undefined>): Promise<void> {
    for (;;) {
      const outcome = await step();
      if (!outcome || !("retry" in outcome)) return recordAny(entry.task.arn, outcome);
      if (closing.aborted) return;
      options.onRetry(entry.task, outcome.retry);
      await pause(timers, options.retryDelay, closing);
      if (closing.aborted) return;
    }
  }

  function observe(entry: Entry, container: string, id: string): Promise<void> {
    return insist(entry, () => observeContainer(contextOf(entry, container), container, id));
  }

  return { perform, observe };
}

/** What is left of it may be the end of an earlier run. */
function failedToStart(
  { since: _since, reason: _reason, ...end }: TaskEvent & { readonly kind: "stopped" },
  reason: string | undefined,
): TaskEvent {
  return { ...end, ...defined({ reason }) };
}

/** No other error is expected, so the text of one may hold anything. */
function failureOf(kind: string, error: unknown): string {
  if (error instanceof ResourceFailure) return error.message;
  if (error instanceof RuntimeError) return reasonOf(error);
  return `UnknownError: the task's ${kind} could not be made (${error instanceof Error ? error.name : typeof error})`;
}
