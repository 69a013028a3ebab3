import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../../clock.ts";
import { longestTimer } from "../../../concurrency/timers.ts";
import { defined } from "../../../defined.ts";
import type { Ids } from "../../../ids.ts";
import { messageOf } from "../../caught.ts";
import type { ContainerSpec, Health } from "../../containers.ts";
import { healthCheckOf } from "../../health-check.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { stopSignalOf } from "../command.ts";
import { directoryOf, ownDirectory } from "../directory.ts";
import { openLog } from "../log/log-drivers.ts";
import type { LogSink } from "../log/log-sink.ts";
import { portsOf } from "../ports.ts";
import { type ContainerRecord, encodeRecord, type Records } from "../records.ts";
import { processStart } from "../system/process-start.ts";
import { signalGroup } from "../system/signals.ts";
import { runHealthChecks } from "./health-checks.ts";
import type { MemoryLimits } from "./memory-limits.ts";
import { environmentOf, runProgram } from "./program.ts";
import type { KeeperMessage } from "./protocol.ts";

/** The surroundings that the containers of a keeper share. */
export interface KeeperContext {
  readonly records: Records;
  readonly limits: MemoryLimits;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly say: (message: KeeperMessage) => void;
  readonly warn: (message: string) => void;
  /** True once Sealift is gone: nothing is started any more, and programs are stopped. */
  readonly isClosing: () => boolean;
}

export interface KeptContainer {
  /** Starts the program. Rejects if that fails; then the container is as it was. */
  start(): Promise<void>;
  /** As `Containers.stop`. */
  stop(timeoutSeconds: number): Promise<void>;
  /** Resolves when the log of a program that has ended is delivered. */
  logClosed(): Promise<void>;
}

/** A container that has ended, as it was before its program ran. */
function withoutRun({ id, name, labels, isNamespace, createdAt }: ContainerRecord): ContainerRecord {
  return { id, name, labels, isNamespace, status: "created", ports: [], ...defined({ createdAt }) };
}

/** The life of one container's program. Its record is on the disk before anybody hears of a change. */
export function keptContainer(context: KeeperContext, before: ContainerRecord, spec: ContainerSpec): KeptContainer {
  const { records, limits, clock, ids, say, warn } = context;
  const { id } = before;
  const created = withoutRun(before);
  let record = before;
  let ended: Promise<void> = Promise.resolve();
  let logClosed: Promise<void> = Promise.resolve();
  let isOutOfMemory = false;

  function write(next: ContainerRecord): void {
    record = next;
    records.save(record);
    say({ kind: "record", record: encodeRecord(record) });
  }

  async function start(): Promise<void> {
    const log = await openLog({ id, spec, path: records.pathOf(id, "log.json"), clock, ids, warn });
    try {
      const directory = directoryOf(spec) ?? (await ownDirectory(records.pathOf(id, "work")));
      if (context.isClosing()) throw new RuntimeError("CannotStartContainerError", "Sealift is stopping");
      // From here on, whoever comes after a crash knows that the program may have run.
      write({ ...created, isStarting: true, startedAt: clock.now() });
      await run(directory, log);
    } catch (error) {
      await close(log);
      if (record !== before) write(before);
      throw error;
    }
  }

  async function run(directory: string, log: LogSink): Promise<void> {
    const check = healthCheckOf(spec);
    const started = (pid: number) => {
      const health = check && ({ status: "starting" } as const);
      const known = defined({ processStart: processStart(pid), health });
      write({ ...created, status: "running", pid, startedAt: clock.now(), ports: portsOf(spec), ...known });
    };
    const program = await runProgram({ id, spec, directory, log, started, warn });
    const over = new AbortController();
    ended = program.ended.then((exitCode) => {
      over.abort();
      limits.remove(program.pid);
      logClosed = close(log);
      finish(exitCode);
    });
    if (spec.memory) limits.add(program.pid, spec.memory, runOutOfMemory);
    const place = { directory, environment: environmentOf(id, spec), clock };
    if (check) void runHealthChecks({ check, ...place, changed: showHealth, signal: over.signal });
  }

  function close(log: LogSink): Promise<void> {
    return log.close().catch((error) => warn(`could not close the log of "${spec.name}": ${messageOf(error)}`));
  }

  function runOutOfMemory(): void {
    isOutOfMemory = true;
    say({ kind: "event", event: { kind: "oom", id } });
  }

  /** Health is not written down: it does not outlive the program. */
  function showHealth(health: Health): void {
    const before = record.health?.status;
    record = { ...record, health };
    say({ kind: "record", record: encodeRecord(record) });
    if (health.status !== before) say({ kind: "event", event: { kind: "health", id, status: health.status } });
  }

  function finish(exitCode: number): void {
    const change = { status: "stopped", exitCode, ports: [], finishedAt: clock.now() } as const;
    try {
      write({ ...record, ...change, ...defined({ error: reason() }) });
    } catch (error) {
      warn(`could not record the end of container "${spec.name}": ${messageOf(error)}`);
      say({ kind: "record", record: encodeRecord(record) });
    }
    say({ kind: "event", event: { kind: "exit", id } });
  }

  function reason(): RuntimeError | undefined {
    if (isOutOfMemory) return new RuntimeError("OutOfMemoryError", "Container killed due to memory usage");
    if (!context.isClosing()) return undefined;
    return new RuntimeError("DockerStateError", "Sealift ended while it ran, so it was stopped");
  }

  async function stop(timeoutSeconds: number): Promise<void> {
    const { status, pid } = record;
    if (status !== "running" || pid === undefined) return;
    const patience = new AbortController();
    try {
      signalGroup(pid, stopSignalOf(spec));
      const milliseconds = Math.min(timeoutSeconds * 1000, longestTimer);
      const late = delay(milliseconds, "late", patience).catch(() => "hurried");
      if ((await Promise.race([ended, late])) === "late") signalGroup(pid, "SIGKILL");
    } catch (error) {
      throw new RuntimeError("CannotStopContainerError", messageOf(error));
    } finally {
      patience.abort();
    }
    await ended;
  }

  return { start, stop, logClosed: () => logClosed };
}
