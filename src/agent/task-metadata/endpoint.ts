import type { Duplex } from "node:stream";
import type { AwsCredentialIdentityProvider } from "@smithy/types";
import type { Clock } from "../../clock.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Door } from "../../runtime/link-local.ts";
import type { Machine, Runtime } from "../../runtime/runtime.ts";
import type { Engine } from "../engine/engine.ts";
import type { StateStore } from "../engine/state.ts";
import { isStopped } from "../engine/status.ts";
import type { AgentVariables } from "../engine/variables.ts";
import type { ControlPlane } from "../link/control-plane.ts";
import type { Endpoints } from "../link/endpoints.ts";
import { growingDelay } from "../link/growing-delay.ts";
import type { TaskMaskers } from "../output/task-maskers.ts";
import { callers } from "./caller.ts";
import { endpointIds } from "./endpoint-ids.ts";
import { forward } from "./forward.ts";
import { deliveryPrefix, logDelivery } from "./log-delivery.ts";
import { openPlace, standardPort, type TaskEndpointKind } from "./open-place.ts";
import { type MetadataServer, metadataServer } from "./server.ts";
import { statsReader } from "./shape/stats.ts";
import { type TaskDoors, taskDoors } from "./task-doors.ts";
import { taskProtection } from "./task-protection.ts";
import { endpointVariables } from "./variables.ts";

export interface TaskEndpointOptions {
  readonly runtime: Runtime;
  readonly store: Pick<StateStore, "endpoint" | "setEndpoint" | "tasks">;
  readonly endpoints: Endpoints;
  readonly controlPlane: Pick<ControlPlane, "tags">;
  readonly maskers: TaskMaskers;
  readonly cluster: string;
  readonly region: string;
  /** The container instance's own. */
  readonly instanceCredentials: AwsCredentialIdentityProvider;
  /** Tells containers where the control plane is. */
  readonly tellsEndpoint: boolean;
  /** Of a runtime whose containers have networks of their own; `auto` if not given. */
  readonly kind?: TaskEndpointKind;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * What AWS's agent serves at 169.254.170.2: credentials of tasks' roles and task metadata. Beside it a way to the control plane,
 * for containers that cannot reach the address at which it listens.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint.html
 */
export interface TaskEndpoint extends AsyncDisposable {
  /** For the containers of tasks. */
  readonly variables: AgentVariables;
  /** For their log drivers; absent where these do not reach it. */
  readonly awslogs?: EndpointForLogs;
  /** Where it is in the network of each task. */
  readonly doors?: Pick<TaskDoors, "beforeStart" | "changed">;
  /** Begins to answer: until then everybody who connects waits. */
  serve(engine: Pick<Engine, "tasks" | "credentials">, machine: ServedMachine): void;
}

export interface EndpointForLogs {
  /** The endpoint's port as Docker's log driver is told it, such as `:51680`; empty for the one at which it looks by itself. */
  readonly credentialsOrigin: string;
  /** The id of the container instance's own session. */
  readonly instanceId: string;
  /** Where the engine reaches the control plane; absent where that is AWS. */
  readonly controlPlane?: string;
  /** See `AwslogsDelivery`. */
  readonly searched: string;
}

export interface ServedMachine {
  readonly containerInstanceArn: string;
  readonly machine: Pick<Machine, "subnet">;
}

/** Rejects where the runtime cannot offer an address to tasks; `undefined` where it has no means to. */
export async function openTaskEndpoint(options: TaskEndpointOptions): Promise<TaskEndpoint | undefined> {
  const { runtime, store, endpoints, timers, ids, log } = options;
  const { linkLocal } = runtime;
  if (!linkLocal) return undefined;
  const closing = new AbortController();
  const serving = Promise.withResolvers<Serving>();
  const isThisMachine = !linkLocal.hasPlaces;

  const onConnection = {
    metadata: (connection: Duplex, from: string) =>
      void serving.promise.then(({ server }) => server.take(connection, from)),
    controlPlane: (connection: Duplex, from: string) =>
      void serving.promise
        .then(({ isTask }) => isTask(from))
        .then((may) => (may ? forward(connection, endpoints, timers) : void connection.destroy()))
        .catch(() => connection.destroy()), // the engine is away
  };
  // Where nothing runs that knows the ports, they are chosen anew: the standard one may be free by now.
  const isKnown = store.tasks().some((task) => !isStopped(task));
  const saved = isKnown ? store.endpoint() : undefined;

  const { opened, state, place } = await openPlace({
    ...{ linkLocal, onConnection, log, kind: options.kind ?? "auto" },
    ...{ key: saved?.key ?? ids.hex(32), ...defined({ saved }) },
  });
  await store.setEndpoint(state).catch(async (error: unknown) => {
    await opened[Symbol.asyncDispose]();
    throw error;
  });
  let door = opened;
  if (saved && (saved.port !== state.port || saved.address !== state.address)) {
    const { address, port } = saved;
    log.error({ address, port }, "The task endpoint is somewhere else now: running tasks have lost it");
  }
  const doors =
    place === "machine"
      ? taskDoors({
          ...{ linkLocal, timers, log },
          listeners: new Map([
            [state.port, onConnection.metadata],
            [state.controlPlanePort, onConnection.controlPlane],
          ]),
        })
      : undefined;

  /** The engine ends with everything that it runs, and comes again. */
  async function keepOpen(): Promise<void> {
    const delay = growingDelay(500, 10_000);
    while (!closing.signal.aborted) {
      await door.closed;
      if (closing.signal.aborted) return;
      log.warn({}, "The task endpoint has closed and is opened again");
      await reopen(delay);
    }
  }
  async function reopen(delay: ReturnType<typeof growingDelay>): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        door = await reopened();
        delay.reset();
        if (closing.signal.aborted) await door[Symbol.asyncDispose]();
        return;
      } catch (error) {
        log.debug({ err: error }, "Cannot open the task endpoint yet");
        await pause(timers, delay.next(), closing.signal);
      }
    }
  }
  async function reopened(): Promise<Door> {
    const next = await options.runtime.linkLocal?.open(place);
    if (!next) throw new Error("the runtime has no address for tasks any more");
    const ports = await Promise.all([
      next.listen(state.port, onConnection.metadata),
      next.listen(state.controlPlanePort, onConnection.controlPlane),
    ]);
    if (ports.every((port) => port !== undefined)) return next;
    await next[Symbol.asyncDispose]();
    throw new Error("another program has its port");
  }
  const open = keepOpen();

  const origin = originOf(door.address, state.port);
  const idsOf = (tasks: Engine["tasks"]) => endpointIds(state.key, tasks);
  const hasControlPlane = endpoints.current() !== undefined;
  const controlPlane = isThisMachine ? endpoints.current() : originOf(door.address, state.controlPlanePort);
  const instanceId = idsOf(() => []).of("", "");
  return {
    variables: endpointVariables({
      origin,
      idOf: idsOf(() => []).of,
      ...defined({ controlPlane: options.tellsEndpoint && hasControlPlane ? controlPlane : undefined }),
    }),
    ...(doors
      ? { doors }
      : {
          awslogs: {
            credentialsOrigin: state.port === standardPort ? "" : `:${state.port}`,
            instanceId,
            searched: `${origin}${deliveryPrefix.slice(0, -1)}`,
            ...defined({ controlPlane: hasControlPlane ? controlPlane : undefined }),
          },
        }),
    serve(engine, { containerInstanceArn, machine: { subnet } }) {
      const { cluster, region } = options;
      const metadata = {
        ...{ cluster, region, containerInstanceArn, subnet, runtime, log },
        stats: statsReader(runtime.stats),
        ids: idsOf(engine.tasks),
        callers: callers(door.address, runtime.containers, isThisMachine),
        instance: { id: instanceId, credentials: options.instanceCredentials },
        protection: taskProtection({ endpoints, region, cluster }),
        ...{ tasks: engine.tasks, credentials: engine.credentials, tags: options.controlPlane.tags },
      };
      serving.resolve({
        server: metadataServer({
          ...{ metadata, clock: options.clock, timers },
          deliver: logDelivery({ endpoints, tasks: engine.tasks, maskers: options.maskers, log }),
        }),
        isTask: (from) =>
          metadata.callers.mayBeAny(
            engine.tasks().filter((task) => !isStopped(task)),
            from,
          ),
      });
      for (const task of engine.tasks()) doors?.changed(task);
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await doors?.[Symbol.asyncDispose]();
      await door[Symbol.asyncDispose]();
      await open;
    },
  };
}

interface Serving {
  readonly server: MetadataServer;
  /** The address is that of a task, or of this machine. */
  isTask(from: string): Promise<boolean>;
}

function originOf(address: string, port: number): string {
  return port === standardPort ? `http://${address}` : `http://${address}:${port}`;
}
