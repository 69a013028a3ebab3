import { availableParallelism, totalmem } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { ContainerSpec, ContainerState, Containers } from "../containers.ts";
import { checkEnvironment } from "../environment.ts";
import type { RuntimeListener } from "../events.ts";
import type { Machine, Runtime } from "../runtime.ts";
import { RuntimeError } from "../runtime-error.ts";
import { commandOf, stopSignalOf } from "./command.ts";
import { checkLogDriver, logDrivers, openLog } from "./log-drivers.ts";
import { memoryLimits } from "./memory-limits.ts";
import { signalGroup } from "./operating-system.ts";
import { directoryOf, ownDirectory, runProgram } from "./program.ts";
import { type ContainerRecord, openRecords } from "./records.ts";
import { recover } from "./recover.ts";

export interface ProcessRuntimeOptions {
  /** Where records, logs and working directories lie; one runtime at a time. What an earlier one left running is killed. */
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told what was lost where nobody waits for an answer: log lines not delivered, a memory limit not enforced. */
  readonly warn?: (message: string) => void;
}

interface Entry {
  record: ContainerRecord;
  /** Not of containers that an earlier Sealift made, and never written down. */
  readonly spec?: ContainerSpec;
  starting?: Promise<void>;
  /** Settles when nothing of a started container runs any more. */
  ended?: Promise<void>;
  outOfMemory?: boolean;
}

/** Seconds that programs have to stop when the runtime is disposed of. */
const farewell = 5;

/**
 * Containers as processes of this machine: no images, no isolation, the machine's own network. For development without Docker.
 * Memory limits are enforced by looking every second. Processes end with the runtime.
 */
export function processRuntime(options: ProcessRuntimeOptions): Runtime {
  const { directory, clock, ids, warn = (message) => process.emitWarning(message, "SealiftWarning") } = options;
  const records = openRecords(directory);
  const limits = memoryLimits(warn);
  const listeners = new Set<RuntimeListener>();
  const entries = new Map<string, Entry>();
  const logsClosing = new Map<string, Promise<void>>();
  for (const record of records.load()) update({ record }, recover(record, clock));

  function update(entry: Entry, change: Partial<ContainerRecord>): void {
    entry.record = { ...entry.record, ...change };
    entries.set(entry.record.id, entry);
    records.save(entry.record);
  }

  function add(
    record: Pick<ContainerRecord, "name" | "labels" | "status" | "isNamespace">,
    spec?: ContainerSpec,
  ): string {
    const id = ids.hex(32);
    update({ record: { id, ports: [], createdAt: clock.now(), ...record }, ...(spec && { spec }) }, {});
    return id;
  }

  async function start(entry: Entry, spec: ContainerSpec): Promise<void> {
    const { id } = entry.record;
    const log = await openLog({ id, spec, path: records.pathOf(id, "log.json"), clock, ids, warn });
    const close = () =>
      log.close().catch((error: Error) => warn(`could not close the log of "${spec.name}": ${error.message}`));
    try {
      const place = directoryOf(spec) ?? (await ownDirectory(records.pathOf(id, "work")));
      const running = (program: { pid: number; start: string | undefined }) => {
        const { pid, start: processStart } = program;
        const status = { status: "running", pid, startedAt: clock.now(), ports: portsOf(spec) } as const;
        update(entry, { ...status, ...(processStart !== undefined && { processStart }) });
      };
      const { pid, ended } = await runProgram(spec, place, log, running, warn);
      entry.ended = ended.then((exitCode) => {
        limits.remove(pid);
        logsClosing.set(id, close());
        finish(entry, exitCode);
      });
      if (spec.memory) limits.add(pid, spec.memory, () => Object.assign(entry, { outOfMemory: true }));
    } catch (error) {
      await close();
      throw error;
    }
  }

  function finish(entry: Entry, exitCode: number): void {
    const error = new RuntimeError("OutOfMemoryError", "Container killed due to memory usage");
    const change = { status: "stopped", exitCode, ports: [], finishedAt: clock.now() } as const;
    try {
      update(entry, { ...change, ...(entry.outOfMemory && { error }) });
    } catch (error) {
      warn(`could not record the end of container "${entry.record.name}": ${(error as Error).message}`);
    }
    for (const listener of [...listeners]) listener({ kind: "exit", id: entry.record.id });
  }

  async function stop(id: string, timeoutSeconds: number): Promise<void> {
    const entry = entries.get(id);
    await entry?.starting?.catch(() => {}); // whoever started it hears of it
    if (entry?.record.status !== "running") return;
    if (entry.record.isNamespace) return finish(entry, 0);
    const group = entry.record.pid!;
    const patience = new AbortController();
    try {
      signalGroup(group, stopSignalOf(entry.spec!));
      const late = delay(timeoutSeconds * 1000, "late", patience).catch(() => "hurried");
      if ((await Promise.race([entry.ended, late])) === "late") signalGroup(group, "SIGKILL");
    } catch (error) {
      throw new RuntimeError("CannotStopContainerError", (error as Error).message);
    } finally {
      patience.abort();
    }
    await entry.ended;
  }

  const containers: Containers = {
    async create(spec) {
      checkEnvironment(spec.environment);
      commandOf(spec);
      stopSignalOf(spec);
      directoryOf(spec);
      checkLogDriver(spec);
      if ([...entries.values()].some(({ record }) => !record.isNamespace && record.name === spec.name)) {
        throw new RuntimeError("CannotCreateContainerError", `the container name "${spec.name}" is already in use`);
      }
      return add({ name: spec.name, labels: spec.labels, status: "created", isNamespace: false }, spec);
    },
    async start(id) {
      const entry = entries.get(id);
      if (!entry?.spec) throw new RuntimeError("CannotStartContainerError", `No such container: ${id}`);
      if (entry.record.status !== "created") return;
      entry.starting ??= start(entry, entry.spec).finally(() => {
        delete entry.starting;
      });
      await entry.starting;
    },
    stop,
    async remove(id) {
      await stop(id, 0);
      await logsClosing.get(id);
      logsClosing.delete(id);
      entries.delete(id);
      records.delete(id);
    },
    list: async () => [...entries.values()].map(stateOf),
    async inspect(id) {
      const entry = entries.get(id);
      return entry && stateOf(entry);
    },
  };

  return {
    kind: "process",
    describe: async () => thisMachine(),
    images: { pull: async () => ({}) },
    networks: {
      open: async ({ hostname, labels }) => add({ name: hostname, labels, status: "running", isNamespace: true }),
    },
    containers,
    events(listener) {
      const own: RuntimeListener = (event) => listener(event);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...entries.keys()].map((id) => stop(id, farewell)));
      await Promise.all(logsClosing.values());
    },
  };
}

function stateOf({ record }: Entry): ContainerState {
  const { pid: _, processStart: __, ...state } = record;
  return state;
}

function thisMachine(): Machine {
  return {
    version: process.versions.node,
    cpu: availableParallelism() * 1024,
    memory: Math.floor(totalmem() / (1024 * 1024)),
    architecture: process.arch === "arm64" ? "arm64" : "x86_64",
    logDrivers,
    subnet: { cidr: "127.0.0.1/32", gateway: "127.0.0.1" },
  };
}

/** Nothing is translated between a process and its machine: a port is reached where the program listens. */
function portsOf({ network, ports }: ContainerSpec): ContainerState["ports"] {
  if (network !== "bridge") return [];
  return ports.map(({ containerPort, protocol }) => ({
    containerPort,
    hostPort: containerPort,
    protocol,
    bindIp: "127.0.0.1",
  }));
}
