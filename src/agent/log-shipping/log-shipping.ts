import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { PayloadTask, RoleCredentials } from "../../acs/protocol.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Logs } from "../../runtime/logs.ts";
import type { Engine } from "../engine/engine.ts";
import { logConfigOf } from "../engine/log-config.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import type { Endpoints } from "../link/endpoints.ts";
import { sessionOf } from "../log-streams.ts";
import type { BatchMarks } from "../output/batch-marks.ts";
import type { AwslogsDelivery } from "../resources/resource.ts";
import { type AwslogsOptions, awslogsOptions } from "./options.ts";
import { putEvents } from "./put-events.ts";
import { ship, Undeliverable } from "./shipper.ts";
import type { ShippingStore } from "./shipping-state.ts";

export interface LogShippingOptions {
  readonly engine: Pick<Engine, "tasks" | "credentials">;
  readonly logs: Logs;
  readonly store: ShippingStore;
  readonly delivery: AwslogsDelivery;
  /** As the operator wants it: a URL, or `aws`. */
  readonly wanted?: string;
  readonly endpoints: Pick<Endpoints, "call">;
  /** For tasks without an execution role. */
  readonly instanceCredentials: AwsCredentialIdentityProvider;
  readonly marks: BatchMarks;
  readonly timers: Timers;
  readonly ids: Pick<Ids, "uuid">;
  readonly log: Log;
}

/** Milliseconds between two tries to read a container's output, and for which a task's end waits for the delivery. */
const [retryDelay, lastWait] = [2_000, 30_000];

/** Delivers to CloudWatch Logs what containers of tasks print whose log driver is `awslogs`, in the place of such a driver. */
export interface LogShipping extends AsyncDisposable {
  /** Begins with what is new in the task. */
  changed(task: AgentTask): void;
  /** Takes the session of a task that the control plane sent, also one that the engine does not need any more. */
  received(payload: Pick<PayloadTask, "arn" | "executionRoleCredentials">): void;
  /** Resolves when all of a stopped task's output is delivered, or has waited for long. */
  delivered(task: string): Promise<void>;
}

export function logShipping(options: LogShippingOptions): LogShipping {
  const { engine, logs, store, timers, log, delivery } = options;
  const closing = new AbortController();
  const { signal } = closing;
  /** By the runtime's id of the container. */
  const running = new Map<string, { readonly task: string; readonly work: Promise<void> }>();
  /** The execution roles' sessions, which the engine forgets when a task has stopped. */
  const sessions = new Map<string, RoleCredentials>();

  const isUnderWay = (arn: string) => [...running.values()].some(({ task }) => task === arn);
  const taskOf = (arn: string) => engine.tasks().find((task) => task.arn === arn);

  function sessionFor(arn: string): RoleCredentials | undefined {
    const session = engine.credentials(arn, "TaskExecution") ?? sessions.get(arn);
    if (session) sessions.set(arn, session);
    return session;
  }

  function credentialsOf(task: AgentTask, name: string) {
    if (delivery.ownCredentials) return undefined;
    if (payloadOf(task, name).logsAuthStrategy !== "ExecutionRole") return options.instanceCredentials;
    const session = sessionFor(task.arn);
    if (!session) throw new Error("the execution role's session is not there yet");
    return sessionOf(session);
  }

  async function put(
    { arn, name, stream, given }: Shipped,
    events: Parameters<typeof putEvents>[0]["events"],
    id: string,
  ): Promise<void> {
    const task = taskOf(arn);
    if (!task) throw new Undeliverable("The task is not known any more");
    const isSearched = options.wanted === undefined;
    const batch = { stream: `${given.group} ${stream}`, messages: events.map(({ message }) => message) };
    const marks = isSearched ? await options.marks(task, batch, id) : undefined;
    await putEvents({
      ...{ endpoints: options.endpoints, options: given, stream, events, id, marks },
      ...defined({ endpoint: options.wanted }),
      credentials: credentialsOf(task, name),
    });
  }

  async function work(shipped: Shipped): Promise<void> {
    const { arn, name, id: container } = shipped;
    const isOver = () => {
      const found = taskOf(arn)?.containers.find((one) => one.name === name);
      return found?.attempt.runtimeId !== container || found.attempt.status === "stopped";
    };
    while (!signal.aborted) {
      try {
        return await ship({
          ...{ container, options: shipped.given, logs, signal, timers, log, isOver, ids: options.ids },
          saved: store.shipping(container),
          save: (state) => store.setShipping(arn, container, state),
          put: (events, id) => put(shipped, events, id),
        });
      } catch (error) {
        const task = taskOf(arn);
        if (!task || task.removedAt !== undefined) return;
        log.debug({ container, err: error }, "Cannot read a container's output yet");
        await pause(timers, retryDelay, signal);
      }
    }
  }

  return {
    changed(task) {
      if (task.removedAt !== undefined || signal.aborted) return;
      for (const shipped of shippedOf(task)) {
        if (running.has(shipped.id) || store.shipping(shipped.id)?.isDone) continue;
        running.set(shipped.id, {
          task: task.arn,
          work: work(shipped).finally(() => {
            running.delete(shipped.id);
            if (!isUnderWay(task.arn)) sessions.delete(task.arn);
          }),
        });
      }
      if (isUnderWay(task.arn)) sessionFor(task.arn);
    },
    received({ arn, executionRoleCredentials }) {
      if (executionRoleCredentials && isUnderWay(arn)) sessions.set(arn, executionRoleCredentials);
    },
    async delivered(arn) {
      const over = new AbortController();
      const works = [...running.values()].filter(({ task }) => task === arn).map((one) => one.work);
      if (works.length === 0) return;
      const late = pause(timers, lastWait, AbortSignal.any([over.signal, signal]));
      await Promise.race([Promise.all(works), late]);
      over.abort();
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.all([...running.values()].map((one) => one.work));
    },
  };
}

interface Shipped {
  readonly arn: string;
  readonly name: string;
  /** The runtime's. */
  readonly id: string;
  readonly stream: string;
  readonly given: AwslogsOptions;
}

/** Runs of the task's containers that have printed, or may have. */
function* shippedOf(task: AgentTask): Generator<Shipped> {
  for (const { name, earlier, attempt } of task.containers) {
    const { driver, options: given = {} } = logConfigOf(payloadOf(task, name)) ?? {};
    if (driver !== "awslogs") continue;
    for (const { runtimeId: id, startedAt } of [...earlier, attempt]) {
      if (id === undefined || startedAt === undefined) continue;
      const options = awslogsOptions(given);
      yield { arn: task.arn, name, id, stream: options.stream ?? id, given: options };
    }
  }
}
