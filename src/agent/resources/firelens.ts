import type { ContainerSpec } from "../../runtime/containers.ts";
import { taskLabelsOf } from "../../runtime/identity.ts";
import { type AgentTask, payloadOf } from "../engine/task.ts";
import { forwardPort, isRouted, type Router, reachOf, routerOf } from "../firelens/index.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** Longest path of a Unix socket. */
const longestPath = 107;

interface Socket {
  /** The directory of the socket on the engine's machine. */
  readonly path: string;
}

/**
 * FireLens: the directory of the socket over which log drivers give the output of containers to the task's router. It is a volume, so
 * that the engine has it wherever that runs.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export const firelens: Resource<Socket> = {
  kind: "firelens",
  after: [],
  keeps: "state",
  needed: ({ payload }) => routerOf(payload) !== undefined,

  async make({ runtime: { volumes, kind } }, { arn }) {
    if (!volumes) throw new ResourceFailure(`ResourceInitializationError: the ${kind} runtime has no FireLens`);
    const name = volumeOf(arn);
    // In memory, and open to a router that is not root.
    const driverOptions = { type: "tmpfs", device: "tmpfs", o: "size=1m,mode=1777,noexec,nosuid,nodev" };
    await volumes.create({ name, driver: "local", driverOptions, labels: taskLabelsOf(arn) });
    const path = (await volumes.inspect(name))?.path ?? "";
    if (socketIn(path).length <= longestPath) return { path };
    throw new ResourceFailure(
      `ResourceInitializationError: the path of the FireLens socket is too long: ${socketIn(path)}`,
    );
  },

  apply(container, task, name, socket) {
    const router = routerOf(task.payload);
    if (!router || !socket) return container;
    if (name === router.name) return asRouter(container, task, router);
    return isRouted(payloadOf(task, name)) ? routed(container, task, name, socket) : container;
  },

  /** Containers have the volume for as long as they exist. */
  async clear({ volumes }, { arn }) {
    await volumes?.remove(volumeOf(arn));
  },
};

function asRouter(container: ContainerSpec, { arn }: AgentTask, { type }: Router): ContainerSpec {
  const { Binds: binds = [] } = (container.hostConfig ?? {}) as { readonly Binds?: readonly string[] };
  return {
    ...container,
    environment: { ...container.environment, ...(type === "fluentd" && { FLUENT_UID: "0" }) },
    hostConfig: { ...container.hostConfig, Binds: [...binds, `${volumeOf(arn)}:/var/run/:nocopy`] },
  };
}

function routed(container: ContainerSpec, task: AgentTask, name: string, { path }: Socket): ContainerSpec {
  const { "log-driver-buffer-limit": limit } = container.log?.options ?? {};
  return {
    ...container,
    environment: { ...container.environment, ...reachVariables(task, name) },
    log: {
      driver: "fluentd",
      options: {
        tag: `${name}-firelens-${idOf(task.arn)}`,
        "fluentd-address": `unix://${socketIn(path)}`,
        "fluentd-sub-second-precision": "true",
        "fluentd-async": "true",
        ...(limit !== undefined && { "fluentd-buffer-limit": limit }),
      },
    },
  };
}

/** Where a program reaches the router by itself. Its secrets of these names win; an address in the bridge is added when it is known. */
function reachVariables(task: AgentTask, name: string): Readonly<Record<string, string>> {
  const reach = reachOf(task.payload);
  if (!reach) return {};
  const variables = { FLUENT_PORT: String(forwardPort), ...(reach === "local" && { FLUENT_HOST: "127.0.0.1" }) };
  const secrets = payloadOf(task, name).secrets.filter(({ target }) => target === "CONTAINER");
  const free = Object.entries(variables).filter(([variable]) => !secrets.some((secret) => secret.name === variable));
  return Object.fromEntries(free);
}

function volumeOf(arn: string): string {
  return `firelens-${idOf(arn)}`;
}

function idOf(arn: string): string {
  return arn.split("/").at(-1) ?? "";
}

function socketIn(path: string): string {
  return `${path}/fluent.sock`;
}
