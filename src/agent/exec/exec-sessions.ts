import type { WebSocket } from "ws";
import type { ExecuteCommandMessage } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Exec } from "../../runtime/exec.ts";
import { targetIdOf } from "../../session-manager/encryption.ts";
import type { Engine } from "../engine/engine.ts";
import { type Channel, runExecSession, sessionMark } from "./exec-session.ts";
import type { SessionServices } from "./session-services.ts";

export interface ExecSessionsOptions {
  /** Absent where the runtime cannot run programs in a container. */
  readonly exec: Exec | undefined;
  readonly engine: Pick<Engine, "tasks" | "credentials">;
  readonly services: SessionServices;
  /** Opens the agent's end of a session's data channel; see `openAgentEnd`. */
  connect(sessionId: string, signal: AbortSignal): Promise<WebSocket | undefined>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly log: Log;
}

/** The sessions of ExecuteCommand on this machine. */
export interface ExecSessions extends AsyncDisposable {
  /** Begins a session, unless it has begun. */
  begin(order: ExecuteCommandMessage): void;
  /** Ends the programs of sessions of an earlier process. Never rejects. To be called before the first `begin`. */
  sweep(): Promise<void>;
}

/** Sessions at a time. */
const mostSessions = 100;

/** Sessions that are remembered after their end: their orders may come again. */
const mostRemembered = 1_000;

/** WebSocket close codes, and the bytes that a reason may have. */
const normalClosure = 1000;
const longestReason = 123;

/** Bytes that may wait for a control plane that does not read. */
const mostUnsent = 16 * 1024 * 1024;

export function execSessions(options: ExecSessionsOptions): ExecSessions {
  const { exec, engine, connect, clock, ids, timers, log } = options;
  const underWay = new Map<string, Promise<void>>();
  const known = new Set<string>();
  const stopping = new AbortController();

  async function run(order: ExecuteCommandMessage): Promise<void> {
    const { sessionId, taskArn, containerName, command } = order;
    const socket = await connect(sessionId, stopping.signal);
    if (!socket) return log.warn({ task: taskArn, session: sessionId }, "Cannot find the client of an exec session");
    const channel = channelOver(socket, stopping.signal);
    const container = runningContainer(taskArn, containerName);
    if (!exec || container === undefined) return channel.close(`The container ${containerName} is not running`);
    log.info({ task: taskArn, container: containerName, session: sessionId }, "Exec session began");
    const role = engine.credentials(taskArn, "TaskApplication");
    const services = options.services(order, targetIdOf(taskArn, container), role);
    await runExecSession({ ...{ exec, container, command, sessionId, channel, clock, ids, timers }, ...services });
    log.info({ task: taskArn, container: containerName, session: sessionId }, "Exec session ended");
  }

  function runningContainer(taskArn: string, name: string): string | undefined {
    const task = engine.tasks().find(({ arn }) => arn === taskArn);
    const { attempt } = task?.containers.find((container) => container.name === name) ?? {};
    return attempt?.status === "running" ? attempt.runtimeId : undefined;
  }

  return {
    begin(order) {
      const { sessionId } = order;
      if (known.has(sessionId) || underWay.size >= mostSessions || stopping.signal.aborted) return;
      known.add(sessionId);
      for (const oldest of known) {
        if (known.size <= mostRemembered) break;
        known.delete(oldest);
      }
      const running = run(order).catch((error: unknown) => {
        log.warn({ task: order.taskArn, session: sessionId, err: error }, "An exec session failed");
      });
      underWay.set(
        sessionId,
        running.finally(() => underWay.delete(sessionId)),
      );
    },

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

/** Ends with the connection, and when `signal` is aborted. */
function channelOver(socket: WebSocket, signal: AbortSignal): Channel {
  const closed = new AbortController();
  const stop = () => close("The agent stopped");
  function close(reason: string): void {
    socket.close(normalClosure, cut(reason));
    closed.abort();
  }
  socket.on("close", () => {
    signal.removeEventListener("abort", stop);
    closed.abort();
  });
  socket.on("error", () => socket.terminate());
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  return {
    send(bytes) {
      if (socket.bufferedAmount > mostUnsent) socket.terminate();
      else socket.send(bytes, () => {});
    },
    close,
    onMessage(listener) {
      socket.on("message", (data, isBinary) => {
        if (isBinary) listener(data as Buffer);
      });
      socket.resume();
    },
    closed: closed.signal,
  };
}

/** As much of the text as fits into a WebSocket's close frame. */
function cut(reason: string): Buffer {
  const bytes = Buffer.from(reason);
  if (bytes.length <= longestReason) return bytes;
  return Buffer.from(bytes.toString("utf8", 0, longestReason - 3).replace(/\uFFFD+$/, ""));
}
