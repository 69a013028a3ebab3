import type { Clock } from "../clock.ts";
import { defined } from "../defined.ts";
import type { Ids } from "../ids.ts";
import type { ContainerSpec, ContainerState, Containers, Health } from "./containers.ts";
import { checkEnvironment } from "./environment.ts";
import type { RuntimeEvent, RuntimeListener } from "./events.ts";
import { fakeVolumes, usesVolume } from "./fake-volumes.ts";
import type { FileReplacement, FileStoreSpec, FileStores } from "./file-stores.ts";
import { checkHealthCheck, healthCheckOf } from "./health-check.ts";
import type { NamespaceSpec } from "./networks.ts";
import { singlePorts } from "./ports.ts";
import type { Machine, Runtime } from "./runtime.ts";
import { RuntimeError } from "./runtime-error.ts";

export interface FakeRuntime extends Runtime {
  readonly fileStores: FileStores;
  /** Every request so far, in order. */
  readonly pulled: readonly string[];
  readonly namespaces: ReadonlyMap<string, NamespaceSpec>;
  readonly stores: ReadonlyMap<string, FileStoreSpec>;
  readonly specs: ReadonlyMap<string, ContainerSpec>;
  readonly replaced: readonly FileReplacement[];
  /** Ends a running container; `error` as Docker would report it, such as `OutOfMemoryError`. */
  exit(id: string, exitCode: number, error?: RuntimeError): void;
  /** Gives a running container the result of a health check. */
  setHealth(id: string, health: Health): void;
  /** Reports that the kernel killed one of a running container's processes, which goes on running. */
  runOutOfMemory(id: string): void;
}

export interface FakeRuntimeOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly machine?: Partial<Machine>;
  /**
   * Called before an operation happens; throws or rejects to make it fail, and holds it up by resolving late. `subject` is the image
   * for pull, the spec for createNamespace, openNamespace, openStore and create, the container's spec for start and stop.
   */
  readonly before?: (
    operation: Operation,
    subject: string | NamespaceSpec | FileStoreSpec | ContainerSpec,
  ) => void | Promise<void>;
  /** The behaviour of a started container: it runs until it is stopped, ends at once, or must be killed. */
  readonly program?: (spec: ContainerSpec) => "runs" | "ignores SIGTERM" | { readonly exitCode: number };
}

export type Operation = "pull" | "createNamespace" | "openNamespace" | "openStore" | "create" | "start" | "stop";

type Entry = { -readonly [Member in keyof ContainerState]: ContainerState[Member] };

/** A runtime that runs nothing: the test decides when containers change their state. */
export function fakeRuntime({ clock, ids, machine, before, program }: FakeRuntimeOptions): FakeRuntime {
  const entries = new Map<string, Entry>();
  const pulled: string[] = [];
  const namespaces = new Map<string, NamespaceSpec>();
  const replaced: FileReplacement[] = [];
  const stores = new Map<string, FileStoreSpec>();
  const specs = new Map<string, ContainerSpec>();
  const listeners = new Set<RuntimeListener>();

  function emit(event: RuntimeEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function runningEntry(id: string): Entry {
    const entry = entries.get(id);
    if (entry?.status !== "running") throw new Error(`container "${id}" does not run`);
    return entry;
  }

  function add(entry: Pick<Entry, "name" | "labels" | "status" | "isNamespace"> & Partial<Entry>): string {
    const id = ids.hex(32);
    entries.set(id, { id, ports: [], createdAt: clock.now(), ...entry });
    return id;
  }

  function exit(id: string, exitCode: number, error?: RuntimeError): void {
    const change = { status: "stopped", exitCode, ports: [], finishedAt: clock.now(), error } as const;
    Object.assign(runningEntry(id), defined(change));
    emit({ kind: "exit", id });
  }

  const containers: Containers = {
    async create(spec) {
      checkEnvironment(spec.environment);
      checkHealthCheck(spec);
      await before?.("create", spec);
      if ([...entries.values()].some(({ isNamespace, name }) => !isNamespace && name === spec.name)) {
        throw new RuntimeError("CannotCreateContainerError", `the container name "${spec.name}" is already in use`);
      }
      if (spec.files && entries.get(spec.files.store)?.status !== "running") {
        throw new RuntimeError("CannotCreateContainerError", "the store of the task's secret files has ended");
      }
      const id = add({ name: spec.name, labels: spec.labels, status: "created", isNamespace: false });
      specs.set(id, spec);
      return id;
    },
    async start(id) {
      const entry = entries.get(id);
      const spec = specs.get(id);
      if (!entry || !spec) throw new RuntimeError("CannotStartContainerError", `No such container: ${id}`);
      if (typeof spec.network === "object" && entries.get(spec.network.namespace)?.status !== "running") {
        const message = `cannot join network of a non running container: ${spec.network.namespace}`;
        throw new RuntimeError("CannotStartContainerError", message);
      }
      await before?.("start", spec);
      const health = healthCheckOf(spec) ? { status: "starting" } : undefined;
      for (const member of ["exitCode", "error", "finishedAt", "health"] as const) delete entry[member];
      Object.assign(entry, { status: "running", startedAt: clock.now(), ports: portsOf(spec), ...defined({ health }) });
      const does = program?.(spec) ?? "runs";
      if (typeof does === "object") exit(id, does.exitCode);
    },
    async stop(id) {
      const spec = specs.get(id);
      if (entries.get(id)?.status !== "running") return;
      if (spec) await before?.("stop", spec);
      // `before` may have let it end by itself.
      if (entries.get(id)?.status === "running") exit(id, spec && program?.(spec) !== "ignores SIGTERM" ? 143 : 137);
    },
    async remove(id) {
      if (entries.get(id)?.status === "running") exit(id, 137);
      entries.delete(id);
    },
    list: async () => [...entries.values()].map((entry) => ({ ...entry })),
    async inspect(id) {
      const entry = entries.get(id);
      return entry && { ...entry };
    },
    async given(id) {
      const spec = entries.has(id) ? specs.get(id) : undefined;
      return spec && { environment: spec.environment, logOptions: spec.log?.options ?? {} };
    },
  };

  return {
    kind: "fake",
    pulled,
    namespaces,
    stores,
    replaced,
    specs,
    exit,
    setHealth(id, health) {
      Object.assign(runningEntry(id), { health: { checkedAt: clock.now(), ...health } });
      emit({ kind: "health", id, status: health.status });
    },
    runOutOfMemory(id) {
      runningEntry(id);
      emit({ kind: "oom", id });
    },
    async describe() {
      const subnet = { cidr: "10.1.0.0/16", gateway: "10.1.0.1" };
      const logDrivers = ["json-file", "none", "splunk"];
      const size = { cpu: 4096, memory: 8192, architecture: "x86_64" } as const;
      return {
        version: "fake",
        isolates: true,
        gpus: [],
        ...size,
        logDrivers,
        volumeDrivers: ["local"],
        subnet,
        ...machine,
      };
    },
    images: {
      async pull(image) {
        await before?.("pull", image);
        pulled.push(image);
        return {};
      },
    },
    networks: {
      async create(namespace) {
        await before?.("createNamespace", namespace);
        const { hostname: name, labels, publish } = namespace;
        const ports = portsOf({ network: "bridge", ports: publish ?? [] });
        const id = add({ name, labels, status: publish ? "running" : "created", isNamespace: true, ports });
        namespaces.set(id, namespace);
        return id;
      },
      async open(id) {
        const entry = entries.get(id);
        const namespace = namespaces.get(id);
        if (!entry || !namespace) throw new RuntimeError("ContainerNetworkingError", `No such container: ${id}`);
        await before?.("openNamespace", namespace);
        entry.status = "running";
      },
    },
    fileStores: {
      async open(store) {
        await before?.("openStore", store);
        const id = add({ name: "files", labels: store.labels, status: "running", isNamespace: true });
        stores.set(id, store);
        return id;
      },
      async contents(id) {
        if (!entries.has(id)) return undefined;
        const mounts = [...specs.values()].flatMap(({ files }) => (files?.store === id ? files.mounts : []));
        return mounts
          .flatMap((mount) => ("contents" in mount ? [mount.contents] : [...mount.directory.values()]))
          .map((contents) => Buffer.from(contents as string));
      },
      async replace(files) {
        if (entries.get(files.store)?.status !== "running") {
          throw new RuntimeError("CannotReplaceFilesError", "the store of the task's secret files has ended");
        }
        runningEntry(files.id);
        replaced.push(files);
      },
    },
    containers,
    volumes: fakeVolumes((volume) =>
      [...specs].some(([id, { hostConfig }]) => entries.has(id) && usesVolume(hostConfig, volume)),
    ),
    events(listener) {
      const own: RuntimeListener = (event) => listener(event);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    async [Symbol.asyncDispose]() {
      listeners.clear();
    },
  };
}

function portsOf({ network, ports }: Pick<ContainerSpec, "network" | "ports">): ContainerState["ports"] {
  if (network !== "bridge") return [];
  return singlePorts(ports).map((port, index) => ({
    ...port,
    hostPort: port.hostPort || 32768 + index,
    bindIp: "0.0.0.0",
  }));
}
