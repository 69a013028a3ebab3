import type { ManagedAgentStateChange, SubmitTaskStateChangeCommandInput } from "@aws-sdk/client-ecs";
import { heldAttachments } from "../../acs/held-secrets.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import { networkBindings } from "../engine/ports.ts";
import { containerStatus, knownStatus } from "../engine/status.ts";
import { type AgentContainer, type AgentTask, isBetweenRuns } from "../engine/task.ts";
import type { ControlPlane } from "./control-plane.ts";
import { growingDelay } from "./growing-delay.ts";

/** Longest reason that the API takes. */
const reasonLength = 1024;

/** What the control plane has acknowledged: statuses, those of containers with their ports. */
export interface Reported {
  readonly task: string;
  readonly containers: Readonly<Record<string, string>>;
  /** The attachments that tell of the secrets it holds, as JSON. */
  readonly held?: string;
}

export const nothingReported: Reported = { task: "PENDING", containers: {} };

type Change = Omit<SubmitTaskStateChangeCommandInput, "cluster">;

/** The change to submit, or `undefined` where the control plane knows it all. Pure. */
export function changeToReport(
  task: AgentTask,
  reported: Reported,
): { readonly change: Change; readonly reported: Reported } | undefined {
  const status = knownStatus(task);
  const changed = task.containers.filter((container) => {
    const told = reported.containers[container.name];
    if (told !== undefined && isBetweenRuns(container.attempt)) return false;
    return containerStatus(container) !== "PENDING" && toldOf(container) !== told;
  });
  const held = heldAttachments(task.held ?? []);
  const toldHeld = JSON.stringify(held);
  // With the first container that has started: until then nothing holds them.
  const hasStarted = changed.length > 0 || Object.keys(reported.containers).length > 0;
  const isHeldNew = hasStarted && held.length > 0 && toldHeld !== reported.held;
  if (status === reported.task && changed.length === 0 && !isHeldNew) return undefined;
  const managedAgents = changed.filter(hasExecuteCommandAgent(task)).map(managedAgentChange);
  const statuses = Object.fromEntries(changed.map((container) => [container.name, toldOf(container)]));
  return {
    change: {
      task: task.arn,
      status,
      containers: changed.map((container) => containerChange(task, container)),
      ...(managedAgents.length > 0 && { managedAgents }),
      ...(isHeldNew && { attachments: [...held] }),
      ...defined({
        reason: status === "STOPPED" ? task.reason?.slice(0, reasonLength) : undefined,
        pullStartedAt: timeOf(task.pullStartedAt),
        pullStoppedAt: timeOf(task.pullStoppedAt),
        executionStoppedAt: timeOf(task.executionStoppedAt),
      }),
    },
    reported: {
      task: status,
      containers: { ...reported.containers, ...statuses },
      ...defined({ held: isHeldNew ? toldHeld : reported.held }),
    },
  };
}

/** A program that is started again may get other ports. */
function toldOf(container: AgentContainer): string {
  const status = containerStatus(container);
  const { ports } = container.attempt;
  const bound = ports?.map(({ containerPort, hostPort, protocol }) => `${containerPort}/${protocol}:${hostPort}`);
  return status === "RUNNING" && bound?.length ? `${status} ${bound.join(" ")}` : status;
}

function hasExecuteCommandAgent({ payload }: AgentTask) {
  return ({ name }: AgentContainer): boolean =>
    payload.containers.some((container) => container.name === name && container.managedAgents?.length);
}

/** Nothing runs in the container for it: commands can be run as long as the container runs. */
function managedAgentChange(container: AgentContainer): ManagedAgentStateChange {
  const status = containerStatus(container);
  return { containerName: container.name, managedAgentName: "ExecuteCommandAgent", status };
}

function containerChange(task: AgentTask, container: AgentContainer) {
  const { runtimeId, reason } = container.attempt;
  const status = containerStatus(container);
  return {
    containerName: container.name,
    status,
    ...defined({
      runtimeId,
      imageDigest: container.imageDigest,
      exitCode: status === "STOPPED" ? container.attempt.exitCode : undefined,
      reason: reason?.slice(0, reasonLength),
      networkBindings: networkBindings(task, container),
    }),
  };
}

function timeOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}

export interface ReporterOptions {
  readonly controlPlane: Pick<ControlPlane, "submit">;
  readonly cluster: string;
  readonly timers: Timers;
  /** Called when a change could not be submitted; it is tried again after the delay. */
  onFailure(arn: string, error: unknown): void;
  /** Called when the control plane knows all there is to know of a task. */
  onReported(task: AgentTask): void;
  /** Milliseconds before a failed submission is tried again; it doubles up to `maximumDelay` while submitting fails. */
  readonly minimumDelay: number;
  readonly maximumDelay: number;
}

/**
 * Submits each task's changes, in order, until the control plane has acknowledged the newest. It knows nothing of what an earlier
 * process reported, and so reports each task's present state once.
 */
export function reporter(options: ReporterOptions) {
  const newest = new Map<string, AgentTask>();
  const acknowledged = new Map<string, Reported>();
  const busy = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;

  async function submit(arn: string): Promise<void> {
    const delay = growingDelay(options.minimumDelay, options.maximumDelay);
    while (!signal.aborted) {
      const task = newest.get(arn);
      const next = task && changeToReport(task, acknowledged.get(arn) ?? nothingReported);
      if (!next) {
        // At once, so that a change that comes from here on starts anew.
        busy.delete(arn);
        if (task) options.onReported(task);
        return;
      }
      try {
        await options.controlPlane.submit({ cluster: options.cluster, ...next.change }, signal);
      } catch (error) {
        if (signal.aborted) return;
        options.onFailure(arn, error);
        // What the control plane calls invalid will not become valid.
        if (!isFinal(error)) {
          await pause(options.timers, delay.next(), signal);
          continue;
        }
      }
      delay.reset();
      // Forgotten meanwhile, it is not known any more.
      if (newest.has(arn)) acknowledged.set(arn, next.reported);
    }
  }

  function begin(arn: string): void {
    if (busy.has(arn)) return;
    // Begun in a later turn: several changes of one turn are reported as one.
    const submitted = Promise.resolve().then(() => submit(arn));
    busy.set(arn, submitted);
  }

  return {
    /** Submits what is new of the task, after what is under way for it. */
    report(task: AgentTask): void {
      newest.set(task.arn, task);
      begin(task.arn);
    },
    /** Submits the whole state of the task again: the control plane does not seem to know it. */
    repeat(task: AgentTask): void {
      acknowledged.delete(task.arn);
      newest.set(task.arn, task);
      begin(task.arn);
    },
    /** To be called when nothing more will be reported of the task. */
    forget(arn: string): void {
      newest.delete(arn);
      acknowledged.delete(arn);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all(busy.values());
    },
  };
}

function isFinal(error: unknown): boolean {
  return error instanceof Error && error.name === "InvalidParameterException";
}
