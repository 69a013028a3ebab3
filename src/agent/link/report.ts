import type { ECS, SubmitTaskStateChangeCommandInput } from "@aws-sdk/client-ecs";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { type AgentTask, containerStatus, knownStatus } from "../engine/task.ts";

/** Longest reason that the API takes. */
const reasonLength = 1024;

/** What the control plane was last told of a task. */
export interface Reported {
  readonly task: string;
  readonly containers: Readonly<Record<string, string>>;
}

export const nothingReported: Reported = { task: "PENDING", containers: {} };

type Change = Omit<SubmitTaskStateChangeCommandInput, "cluster">;

/** The change to submit, or `undefined` where the control plane knows it all. Pure. */
export function changeToTell(task: AgentTask, told: Reported): { change: Change; told: Reported } | undefined {
  const status = knownStatus(task);
  const changed = task.containers.filter((container) => {
    const now = containerStatus(container);
    return now !== "PENDING" && now !== told.containers[container.name];
  });
  if (status === told.task && changed.length === 0) return undefined;
  const containers = changed.map((container) => ({
    containerName: container.name,
    status: containerStatus(container),
    ...(container.runtimeId !== undefined && { runtimeId: container.runtimeId }),
    ...(container.imageDigest !== undefined && { imageDigest: container.imageDigest }),
    ...(container.exitCode !== undefined && { exitCode: container.exitCode }),
    ...(container.reason !== undefined && { reason: container.reason.slice(0, reasonLength) }),
    ...(container.ports !== undefined && {
      networkBindings: container.ports.map(({ bindIp, ...port }) => ({ ...port, bindIP: bindIp })),
    }),
  }));
  return {
    change: {
      task: task.arn,
      status,
      containers,
      ...(status === "STOPPED" && task.reason !== undefined && { reason: task.reason.slice(0, reasonLength) }),
      ...time("pullStartedAt", task.pullStartedAt),
      ...time("pullStoppedAt", task.pullStoppedAt),
      ...time("executionStoppedAt", task.executionStoppedAt),
    },
    told: {
      task: status,
      containers: { ...told.containers, ...Object.fromEntries(containers.map((c) => [c.containerName, c.status])) },
    },
  };
}

function time<Name extends string>(name: Name, at: number | undefined): Partial<Record<Name, Date>> {
  return at === undefined ? {} : ({ [name]: new Date(at) } as Record<Name, Date>);
}

export interface ReporterOptions {
  readonly ecs: Pick<ECS, "submitTaskStateChange">;
  readonly cluster: string;
  readonly timers: Timers;
  /** The newest state of a task. */
  find(arn: string): AgentTask | undefined;
  /** Told when a change could not be submitted; it is tried again after the delay. */
  onFailure(arn: string, error: unknown): void;
  /** Told when the control plane knows all there is to know of a task. */
  onTold(task: AgentTask): void;
  /** Milliseconds before a failed submission is tried again; it doubles up to `maximumDelay` while submitting fails. */
  readonly minimumDelay: number;
  readonly maximumDelay: number;
}

/** Tells the control plane of each task's changes, in order, until it has acknowledged the newest. */
export function reporter(options: ReporterOptions) {
  const told = new Map<string, Reported>();
  const busy = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;

  async function submit(arn: string): Promise<void> {
    let delay = options.minimumDelay;
    while (!signal.aborted) {
      const task = options.find(arn);
      const next = task && changeToTell(task, told.get(arn) ?? nothingReported);
      if (!next) {
        // At once, so that a change told from here on starts anew.
        busy.delete(arn);
        if (task) options.onTold(task);
        else told.delete(arn);
        return;
      }
      try {
        await options.ecs.submitTaskStateChange({ cluster: options.cluster, ...next.change }, { abortSignal: signal });
      } catch (error) {
        if (signal.aborted) return;
        options.onFailure(arn, error);
        // What the control plane says is wrong will not become right.
        if (!isFinal(error)) {
          await pause(options.timers, delay, signal);
          delay = Math.min(delay * 2, options.maximumDelay);
          continue;
        }
      }
      delay = options.minimumDelay;
      told.set(arn, next.told);
    }
  }

  return {
    /** Submits what is new of the task, after what is under way for it. What it told of a task that is gone it forgets. */
    report(arn: string): void {
      if (busy.has(arn)) return;
      // Begun in a later turn: several changes of one turn are told as one.
      busy.set(
        arn,
        Promise.resolve().then(() => submit(arn)),
      );
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all(busy.values());
    },
  };
}

function isFinal(error: unknown): boolean {
  return (error as { name?: string }).name === "InvalidParameterException";
}
