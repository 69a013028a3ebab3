import { existsSync } from "node:fs";
import type { Clock } from "../../clock.ts";
import { defined } from "../../defined.ts";
import type { Ids } from "../../ids.ts";
import { messageOf } from "../caught.ts";
import type { ContainerSpec, ContainerState, Containers } from "../containers.ts";
import { checkEnvironment } from "../environment.ts";
import type { RuntimeEvent, RuntimeListener } from "../events.ts";
import { checkHealthCheck } from "../health-check.ts";
import type { Runtime } from "../runtime.ts";
import { RuntimeError } from "../runtime-error.ts";
import { commandOf, stopSignalOf } from "./command.ts";
import { directoryOf } from "./directory.ts";
import { keeperLink } from "./keeper/keeper-link.ts";
import { endFormerKeeper, endRemains } from "./keeper/ownership.ts";
import { processLinkLocal } from "./link-local.ts";
import { checkLogDriver } from "./log/log-drivers.ts";
import { type Logged, processLogs } from "./logs.ts";
import { thisMachine } from "./machine.ts";
import { type ContainerRecord, encodeRecord, openRecords } from "./records.ts";
import { recover } from "./recover.ts";
import { checkMembers } from "./refusals.ts";
import { processStats, type Running } from "./stats.ts";

export interface ProcessRuntimeOptions {
  /** Where records, logs and working directories lie; one runtime at a time. Programs that an earlier one left are ended. */
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called with what was lost where nobody waits for an answer: log lines not delivered, a memory limit not enforced. */
  readonly warn?: (message: string) => void;
}

interface Entry {
  record: ContainerRecord;
  /** Absent for containers of an earlier Sealift: it holds secrets and is never written down. */
  readonly spec?: ContainerSpec;
  starting?: Promise<void>;
}

/** Seconds that programs have to stop when the runtime is disposed of. */
const farewell = 5;

/**
 * Containers as processes of this machine: no images, no isolation, the machine's own network. For development without Docker.
 *
 * **A program can read and do whatever the user of Sealift's server can**: the root key and other programs' secrets too.
 *
 * Programs end with Sealift, however it ends: their parent is a keeper, a process of its own that stops them when its connection
 * to Sealift breaks. Memory limits are enforced by looking every second.
 */
export async function openProcessRuntime(options: ProcessRuntimeOptions): Promise<Runtime> {
  const { directory, clock, ids, warn = (message) => process.emitWarning(message, "SealiftWarning") } = options;
  const records = openRecords(directory);
  const listeners = new Set<RuntimeListener>();
  const entries = new Map<string, Entry>();
  let settled: Promise<void> = Promise.resolve();

  const keeper = keeperLink(directory, ids, {
    record(record) {
      const entry = entries.get(record.id);
      if (entry) entry.record = record;
    },
    event: emit,
    warning: warn,
    lost(id) {
      settled = settle(id).catch((error) => warn(`could not find out what became of programs: ${messageOf(error)}`));
    },
  });

  await endFormerKeeper(directory);
  for (const record of records.load()) save({ record }, await recover(record, clock));

  function emit(event: RuntimeEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function save(entry: Entry, record: ContainerRecord): void {
    entry.record = record;
    entries.set(record.id, entry);
    records.save(record);
  }

  /** Finds out what became of the programs whose keeper was killed. */
  async function settle(lostKeeper: string): Promise<void> {
    await endRemains(lostKeeper);
    for (const written of records.load()) {
      const entry = entries.get(written.id);
      const mayHaveRun = written.pid !== undefined || written.isStarting === true;
      if (!entry || entry.record.status === "stopped" || !mayHaveRun) continue;
      save(entry, await recover(written, clock));
      emit({ kind: "exit", id: written.id });
    }
  }

  function add(record: Pick<ContainerRecord, "name" | "labels" | "status" | "isNamespace">, spec?: ContainerSpec) {
    const id = ids.hex(32);
    const made: ContainerRecord = { id, ...record, ports: [], createdAt: clock.now() };
    save({ record: made, ...defined({ spec }) }, made);
    return id;
  }

  async function stop(id: string, timeoutSeconds: number): Promise<void> {
    const entry = entries.get(id);
    await entry?.starting?.catch(() => {}); // whoever started it gets the error
    if (entry?.record.status !== "running") return;
    if (!entry.record.isNamespace) return keeper.request({ kind: "stop", id, timeoutSeconds });
    save(entry, { ...entry.record, status: "stopped", exitCode: 0, finishedAt: clock.now() });
    emit({ kind: "exit", id });
  }

  function logged(id: string): Logged | undefined {
    const entry = entries.get(id);
    if (!entry || entry.record.isNamespace) return undefined;
    const path = records.pathOf(id, "log.json");
    const keepsFile = entry.spec ? (entry.spec.log?.driver ?? "json-file") === "json-file" : existsSync(path);
    return { isRunning: entry.record.status === "running", ...defined({ path: keepsFile ? path : undefined }) };
  }

  function running(id: string): Running | undefined {
    const { record, spec } = entries.get(id) ?? {};
    if (record?.status !== "running" || record.pid === undefined) return undefined;
    return { pid: record.pid, ...defined({ memory: spec?.memory }) };
  }

  const containers: Containers = {
    async create(spec) {
      checkEnvironment(spec.environment);
      checkHealthCheck(spec);
      commandOf(spec);
      stopSignalOf(spec);
      directoryOf(spec);
      checkLogDriver(spec);
      checkMembers(spec);
      if ([...entries.values()].some(({ record }) => !record.isNamespace && record.name === spec.name)) {
        throw new RuntimeError("CannotCreateContainerError", `the container name "${spec.name}" is already in use`);
      }
      return add({ name: spec.name, labels: spec.labels, status: "created", isNamespace: false }, spec);
    },
    async start(id) {
      const entry = entries.get(id);
      if (!entry?.spec) throw new RuntimeError("CannotStartContainerError", `No such container: ${id}`);
      if (entry.record.status === "running") return;
      const record = encodeRecord(entry.record);
      entry.starting ??= keeper.request({ kind: "start", record, spec: entry.spec }).finally(() => {
        delete entry.starting;
      });
      await entry.starting;
    },
    stop,
    async remove(id) {
      await stop(id, 0);
      if (entries.get(id)?.spec) await keeper.request({ kind: "release", id });
      entries.delete(id);
      records.delete(id);
    },
    list: async () => [...entries.values()].map(stateOf),
    async inspect(id) {
      const entry = entries.get(id);
      return entry && stateOf(entry);
    },
    async given(id) {
      const { spec } = entries.get(id) ?? {};
      return spec && { environment: spec.environment, logOptions: spec.log?.options ?? {} };
    },
  };

  return {
    kind: "process",
    describe: async () => thisMachine(),
    images: {
      isKept: async () => true,
      async pull() {
        keeper.open(); // nothing to pull, but the keeper takes a while to open and is needed soon
        return {};
      },
    },
    networks: {
      create: async ({ hostname, labels }) => add({ name: hostname, labels, status: "running", isNamespace: true }),
      async open() {},
    },
    containers,
    events(listener) {
      const own: RuntimeListener = (event) => listener(event);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    logs: processLogs(logged),
    linkLocal: processLinkLocal(),
    ...defined({ stats: process.platform === "linux" ? processStats(running, clock) : undefined }),
    async [Symbol.asyncDispose]() {
      await Promise.all([...entries.keys()].map((id) => stop(id, farewell)));
      await keeper[Symbol.asyncDispose]();
      await settled;
    },
  };
}

function stateOf({ record }: Entry): ContainerState {
  const { pid: _, processStart: __, isStarting: ___, ...state } = record;
  return state;
}
