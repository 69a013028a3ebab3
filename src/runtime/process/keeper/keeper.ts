import type { Clock } from "../../../clock.ts";
import { atMost } from "../../../concurrency/at-most.ts";
import type { Ids } from "../../../ids.ts";
import { messageOf } from "../../caught.ts";
import type { ContainerSpec } from "../../containers.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { type ContainerRecord, decodeRecord, openRecords } from "../records.ts";
import { type KeeperContext, type KeptContainer, keptContainer } from "./container.ts";
import { memoryLimits } from "./memory-limits.ts";
import type { KeeperMessage, KeeperRequest } from "./protocol.ts";

export interface KeeperOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly say: (message: KeeperMessage) => void;
}

export interface Keeper {
  /** Rejects with a `RuntimeError`. */
  handle(request: KeeperRequest): Promise<void>;
  /** Stops all programs because Sealift is gone, and waits until their logs are delivered. */
  close(): Promise<void>;
  /** As `close`, but at once: kills the programs and hardly waits for their logs. */
  kill(): Promise<void>;
}

/** Seconds that programs have to stop when Sealift is gone. */
const farewell = 5;

/** Milliseconds that logs have to be delivered when the next Sealift waits. */
const logPatience = 2000;

/** Runs the programs of containers, writes their logs, and records how they end. */
export function openKeeper({ directory, clock, ids, say }: KeeperOptions): Keeper {
  const warn = (message: string) => say({ kind: "warning", message });
  const containers = new Map<string, KeptContainer>();
  const starting = new Set<Promise<void>>();
  let isClosing = false;
  const shared = { records: openRecords(directory), limits: memoryLimits(warn), clock, ids, say, warn };
  const context: KeeperContext = { ...shared, isClosing: () => isClosing };

  async function start(record: ContainerRecord, spec: ContainerSpec): Promise<void> {
    await containers.get(record.id)?.logClosed();
    const container = keptContainer(context, record, spec);
    const work = container.start();
    starting.add(work);
    try {
      await work;
      containers.set(record.id, container);
    } catch (error) {
      throw error instanceof RuntimeError ? error : new RuntimeError("CannotStartContainerError", messageOf(error));
    } finally {
      starting.delete(work);
    }
  }

  async function endAll(timeoutSeconds: number): Promise<void> {
    isClosing = true;
    await Promise.allSettled(starting);
    await Promise.allSettled([...containers.values()].map((container) => container.stop(timeoutSeconds)));
  }

  function logsClosed(): Promise<unknown> {
    return Promise.all([...containers.values()].map((container) => container.logClosed()));
  }

  return {
    async handle(request) {
      switch (request.kind) {
        case "start":
          return start(decodeRecord(request.record), request.spec);
        case "stop":
          return containers.get(request.id)?.stop(request.timeoutSeconds);
        case "release":
          await containers.get(request.id)?.logClosed();
          containers.delete(request.id);
      }
    },
    async close() {
      await endAll(farewell);
      await logsClosed();
    },
    async kill() {
      await endAll(0);
      await atMost(logPatience, logsClosed());
    },
  };
}
