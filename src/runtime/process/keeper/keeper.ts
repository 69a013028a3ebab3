import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../../clock.ts";
import { defined } from "../../../defined.ts";
import type { Ids } from "../../../ids.ts";
import type { ContainerSpec } from "../../containers.ts";
import { healthCheckOf } from "../../health-check.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { stopSignalOf } from "../command.ts";
import { directoryOf, ownDirectory } from "../directory.ts";
import { openLog } from "../log/log-drivers.ts";
import type { LogSink } from "../log/log-sink.ts";
import { portsOf } from "../ports.ts";
import { type ContainerRecord, decodeRecord, encodeRecord, openRecords } from "../records.ts";
import { processStart } from "../system/process-start.ts";
import { signalGroup } from "../system/signals.ts";
import { runHealthChecks } from "./health-checks.ts";
import { memoryLimits } from "./memory-limits.ts";
import { environmentOf, runProgram } from "./program.ts";
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
  /** Ends all programs because Sealift is gone, and waits until their logs are delivered. */
  close(): Promise<void>;
  /** As `close`, but at once: kills the programs and hardly waits for their logs. */
  kill(): Promise<void>;
}

/** A container whose program was started. */
interface Kept {
  record: ContainerRecord;
  readonly spec: ContainerSpec;
  isOutOfMemory: boolean;
  /** Settles when nothing of the container runs any more. */
  ended: Promise<void>;
  logClosed: Promise<void>;
}

/** Seconds that programs have to stop when Sealift is gone. */
const farewell = 5;

/** Milliseconds that logs have to be delivered when the next Sealift waits. */
const logPatience = 2000;

/** Runs the programs of containers, writes their logs, and records how they end. */
export function openKeeper({ directory, clock, ids, say }: KeeperOptions): Keeper {
  const records = openRecords(directory);
  const limits = memoryLimits(warn);
  const all = new Map<string, Kept>();
  const starting = new Set<Promise<void>>();
  let isClosing = false;

  function warn(message: string): void {
    say({ kind: "warning", message });
  }

  function write(kept: Kept, record: ContainerRecord): void {
    kept.record = record;
    records.save(record);
    say({ kind: "record", record: encodeRecord(record) });
  }

  async function start(created: ContainerRecord, spec: ContainerSpec): Promise<void> {
    const { id } = created;
    const log = await openLog({ id, spec, path: records.pathOf(id, "log.json"), clock, ids, warn });
    const kept = {
      record: created,
      spec,
      isOutOfMemory: false,
      ended: Promise.resolve(),
      logClosed: Promise.resolve(),
    };
    try {
      const place = directoryOf(spec) ?? (await ownDirectory(records.pathOf(id, "work")));
      if (isClosing) throw new RuntimeError("CannotStartContainerError", "Sealift is stopping");
      write(kept, { ...created, isStarting: true, startedAt: clock.now() });
      all.set(id, kept);
      await run(kept, place, log);
    } catch (error) {
      await close(kept, log);
      if (all.delete(id)) write(kept, created);
      throw error;
    }
  }

  async function run(kept: Kept, directory: string, log: LogSink): Promise<void> {
    const { spec, record } = kept;
    const { isStarting: _, ...created } = record;
    const { id } = record;
    const check = healthCheckOf(spec);
    const ending = new AbortController();
    const started = (pid: number) => {
      const health = check && ({ status: "starting" } as const);
      const known = defined({ processStart: processStart(pid), health });
      write(kept, { ...created, status: "running", pid, startedAt: clock.now(), ports: portsOf(spec), ...known });
    };
    const { pid, ended } = await runProgram({ id, spec, directory, log, started, warn });
    kept.ended = ended.then((exitCode) => {
      ending.abort();
      limits.remove(pid);
      kept.logClosed = close(kept, log);
      finish(kept, exitCode);
    });
    if (spec.memory) {
      limits.add(pid, spec.memory, () => {
        kept.isOutOfMemory = true;
        say({ kind: "event", event: { kind: "oom", id } });
      });
    }
    if (!check) return;
    const place = { directory, environment: environmentOf(id, spec) };
    void runHealthChecks({
      check,
      clock,
      ...place,
      signal: ending.signal,
      changed: (health) => {
        const before = kept.record.health?.status;
        kept.record = { ...kept.record, health };
        say({ kind: "record", record: encodeRecord(kept.record) });
        if (health.status !== before) say({ kind: "event", event: { kind: "health", id, status: health.status } });
      },
    });
  }

  function close({ spec }: Kept, log: LogSink): Promise<void> {
    return log.close().catch((error: Error) => warn(`could not close the log of "${spec.name}": ${error.message}`));
  }

  function finish(kept: Kept, exitCode: number): void {
    const { record, spec } = kept;
    const change = { status: "stopped", exitCode, ports: [], finishedAt: clock.now() } as const;
    try {
      write(kept, { ...record, ...change, ...defined({ error: errorOf(kept) }) });
    } catch (error) {
      warn(`could not record the end of container "${spec.name}": ${(error as Error).message}`);
      say({ kind: "record", record: encodeRecord(kept.record) });
    }
    say({ kind: "event", event: { kind: "exit", id: record.id } });
  }

  function errorOf({ isOutOfMemory }: Kept): RuntimeError | undefined {
    if (isOutOfMemory) return new RuntimeError("OutOfMemoryError", "Container killed due to memory usage");
    return isClosing
      ? new RuntimeError("DockerStateError", "Sealift ended while it ran, so it was stopped")
      : undefined;
  }

  async function stop(id: string, timeoutSeconds: number): Promise<void> {
    const kept = all.get(id);
    if (kept?.record.status !== "running" || kept.record.pid === undefined) return;
    const group = kept.record.pid;
    const patience = new AbortController();
    try {
      signalGroup(group, stopSignalOf(kept.spec));
      const late = delay(timeoutSeconds * 1000, "late", patience).catch(() => "hurried");
      if ((await Promise.race([kept.ended, late])) === "late") signalGroup(group, "SIGKILL");
    } catch (error) {
      throw new RuntimeError("CannotStopContainerError", (error as Error).message);
    } finally {
      patience.abort();
    }
    await kept.ended;
  }

  async function endAll(timeoutSeconds: number): Promise<void> {
    isClosing = true;
    await Promise.allSettled(starting);
    await Promise.allSettled([...all.keys()].map((id) => stop(id, timeoutSeconds)));
  }

  function logsClosed(): Promise<unknown> {
    return Promise.all([...all.values()].map(({ logClosed }) => logClosed));
  }

  return {
    async handle(request) {
      switch (request.kind) {
        case "start": {
          const work = start(decodeRecord(request.record), request.spec);
          starting.add(work);
          return named(
            "CannotStartContainerError",
            work.finally(() => starting.delete(work)),
          );
        }
        case "stop":
          return stop(request.id, request.timeoutSeconds);
        case "release":
          await all.get(request.id)?.logClosed;
          all.delete(request.id);
      }
    },
    async close() {
      await endAll(farewell);
      await logsClosed();
    },
    async kill() {
      await endAll(0);
      await Promise.race([logsClosed(), delay(logPatience)]);
    },
  };
}

async function named<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof RuntimeError ? error : new RuntimeError(name, (error as Error).message);
  }
}
