import type { WebSocket } from "ws";
import type { ExecuteCommandMessage, ReadLogsMessage } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Exec } from "../../runtime/exec.ts";
import type { Logs } from "../../runtime/logs.ts";
import { targetIdOf } from "../../session-manager/encryption.ts";
import type { Engine } from "../engine/engine.ts";
import { logProgram } from "../output/log-program.ts";
import { logsOfRuns } from "../output/logs-of-runs.ts";
import type { TaskMaskers } from "../output/task-maskers.ts";
import { channelOver, type ReconnectingChannel, refuse } from "./channel.ts";
import { runExecSession, sessionMark } from "./exec-session.ts";
import type { SessionServices } from "./session-services.ts";

export interface ExecSessionsOptions {
  /** Absent where the runtime cannot run programs in a container. */
  readonly exec: Exec | undefined;
  /** Absent where the runtime cannot read what a container printed. */
  readonly logs: Logs | undefined;
  readonly maskers: Pick<TaskMaskers, "of">;
  readonly engine: Pick<Engine, "tasks" | "credentials">;
  readonly services: SessionServices;
  /** Opens the agent's end of a session's data channel; see `openAgentEnd`. */
  connect(sessionId: string, signal: AbortSignal): Promise<WebSocket | undefined>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly log: Log;
}

/** The sessions of ExecuteCommand on this machine, and those of clients that read output, which are like them. */
export interface ExecSessions extends AsyncDisposable {
  /** Begins a session, unless it has begun; or goes on with one whose client is back. */
  begin(order: ExecuteCommandMessage): void;
  /** Ends a session. Does nothing where there is none. */
  end(sessionId: string): void;
  /** The same for a client that reads the output of a container. */
  beginToRead(order: ReadLogsMessage): void;
  /** Ends the programs of sessions of an earlier process. Never rejects. To be called before the first `begin`. */
  sweep(): Promise<void>;
}

type Ordered = Pick<ExecuteCommandMessage, "sessionId" | "taskArn">;

const valuesUnknown =
  "The output is not shown: this task's secret values are not known any more, and so cannot be masked in it";

/** Sessions at a time. */
const mostSessions = 100;

/** Sessions that are remembered after their end: their orders may come again. */
const mostRemembered = 1_000;

export function execSessions(options: ExecSessionsOptions): ExecSessions {
  const { exec, logs, maskers, engine, connect, clock, ids, timers, log } = options;
  const underWay = new Map<string, Promise<void>>();
  const known = new Set<string>();
  /** Of sessions that go on when a connection is lost. */
  const channels = new Map<string, ReconnectingChannel>();
  const reconnecting = new Set<string>();
  const stopping = new AbortController();

  /** Its client is back: the program's channel gets another connection. */
  async function resume({ sessionId, taskArn }: ExecuteCommandMessage): Promise<void> {
    if (reconnecting.has(sessionId)) return;
    reconnecting.add(sessionId);
    try {
      const socket = await connect(sessionId, stopping.signal);
      if (!socket) return;
      const channel = channels.get(sessionId);
      if (!channel) return refuse(socket);
      channel.attach(socket);
      log.info({ task: taskArn, session: sessionId }, "Exec session resumed");
    } finally {
      reconnecting.delete(sessionId);
    }
  }

  async function run(order: ExecuteCommandMessage): Promise<void> {
    const { sessionId, taskArn, containerName, command } = order;
    const socket = await connect(sessionId, stopping.signal);
    if (!socket) return log.warn({ task: taskArn, session: sessionId }, "Cannot find the client of an exec session");
    const channel = channelOver(socket, stopping.signal, true);
    channels.set(sessionId, channel);
    const container = runningContainer(taskArn, containerName);
    if (!exec || container === undefined) return channel.close(`The container ${containerName} is not running`);
    log.info({ task: taskArn, container: containerName, session: sessionId }, "Exec session began");
    const role = engine.credentials(taskArn, "TaskApplication");
    const services = options.services(order, targetIdOf(taskArn, container), role);
    await runExecSession({ ...{ exec, container, command, sessionId, channel, clock, ids, timers }, ...services });
    log.info({ task: taskArn, container: containerName, session: sessionId }, "Exec session ended");
  }

  async function read({ sessionId, taskArn, containerName, ...wanted }: ReadLogsMessage): Promise<void> {
    const socket = await connect(sessionId, stopping.signal);
    if (!socket) return log.warn({ task: taskArn, session: sessionId }, "Cannot find the client of a log session");
    const channel = channelOver(socket, stopping.signal, false);
    const task = engine.tasks().find(({ arn }) => arn === taskArn);
    const container = task?.containers.find(({ name }) => name === containerName)?.attempt.runtimeId;
    if (!task || !logs || container === undefined || task.removedAt !== undefined) {
      return channel.close(`The machine has no output of the container ${containerName}`);
    }
    const masker = wanted.masking ? await maskers.of(task) : "none";
    if (masker === "unknown") return channel.close(valuesUnknown);
    const isOver = () => {
      const now = engine.tasks().find(({ arn }) => arn === taskArn);
      const attempt = now?.containers.find(({ name }) => name === containerName)?.attempt;
      return now?.removedAt !== undefined || attempt?.runtimeId !== container || attempt.status === "stopped";
    };
    const exec = logProgram({ logs: logsOfRuns(logs, isOver, timers), masker, wanted, timers });
    await runExecSession({
      ...{ exec, container, command: "logs", sessionId, mayIdle: true },
      ...{ channel, clock, ids, timers },
    });
  }

  function runningContainer(taskArn: string, name: string): string | undefined {
    const task = engine.tasks().find(({ arn }) => arn === taskArn);
    const { attempt } = task?.containers.find((container) => container.name === name) ?? {};
    return attempt?.status === "running" ? attempt.runtimeId : undefined;
  }

  function once<Order extends Ordered>(order: Order, work: (order: Order) => Promise<void>): void {
    const { sessionId } = order;
    if (known.has(sessionId) || underWay.size >= mostSessions || stopping.signal.aborted) return;
    known.add(sessionId);
    for (const oldest of known) {
      if (known.size <= mostRemembered) break;
      known.delete(oldest);
    }
    const running = work(order).catch((error: unknown) => {
      log.warn({ task: order.taskArn, session: sessionId, err: error }, "An exec session failed");
    });
    underWay.set(
      sessionId,
      running.finally(() => {
        underWay.delete(sessionId);
        channels.delete(sessionId);
      }),
    );
  }

  return {
    begin(order) {
      if (!order.resumes) return once(order, run);
      resume(order).catch((error: unknown) => {
        log.warn({ task: order.taskArn, session: order.sessionId, err: error }, "Cannot resume an exec session");
      });
    },
    end: (sessionId) => channels.get(sessionId)?.close("The session was terminated."),
    beginToRead: (order) => once(order, read),

    async sweep() {
      if (!exec) return;
      const able = engine.tasks().flatMap(({ payload, containers }) =>
        containers.flatMap(({ name, attempt }) => {
          const isAble = payload.containers.some((one) => one.name === name && one.managedAgents?.length);
          return isAble && attempt.status === "running" && attempt.runtimeId !== undefined ? attempt.runtimeId : [];
        }),
      );
      for (const id of able) {
        await exec.endMarked(id, sessionMark).catch((error: unknown) => {
          log.warn({ id, err: error }, "Cannot end the programs of earlier exec sessions");
        });
      }
    },

    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all(underWay.values());
    },
  };
}
