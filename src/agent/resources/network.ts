import { defined } from "../../defined.ts";
import type { PortBinding, PortMapping } from "../../runtime/containers.ts";
import { identityOf } from "../../runtime/identity.ts";
import type { NamespaceSpec } from "../../runtime/networks.ts";
import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { taskLabels } from "../engine/labels.ts";
import { portMapping } from "../engine/ports.ts";
import { reasonOf } from "../engine/steps/step.ts";
import type { AgentTask } from "../engine/task.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** The name of the container that holds an awsvpc task's network namespace, as AWS's agent calls it. */
const pauseName = "~internal~ecs~pause";

interface Namespace {
  /** The runtime's. */
  readonly id: string;
  /** Ports that are reached on the machine. */
  readonly ports?: readonly PortBinding[];
}

/**
 * The namespaces that all containers of a task share: the network of an awsvpc task, at the address that the control plane gave
 * it, and its processes (`pidMode`) and its memory and semaphores (`ipcMode`).
 */
export const network: Resource<Namespace> = {
  kind: "network",
  after: [],
  keeps: "state",
  needed: ({ payload }) => payload.networkMode === "awsvpc" || payload.pidMode === "task" || payload.ipcMode === "task",

  async make({ runtime, cluster }, task) {
    const { arn, payload } = task;
    const own: OwnNetwork = payload.networkMode === "awsvpc" ? ownNetwork(task) : { hostname: "namespace" };
    try {
      const labels = taskLabels(payload, cluster, pauseName);
      const sharedMemory = payload.ipcMode === "task" ? sharedMemoryOf(task) : undefined;
      const id = await runtime.networks.create({ taskArn: arn, ...own, ...defined({ sharedMemory }), labels });
      if (own.publish === undefined) return { id };
      return { id, ports: (await runtime.containers.inspect(id))?.ports ?? [] };
    } catch (error) {
      if (error instanceof RuntimeUnavailableError) throw error;
      throw new ResourceFailure(reasonOf(error));
    }
  },

  undo: ({ runtime }, _task, { id }) => runtime.containers.remove(id),

  /** Ports of an awsvpc task are reached at its own address. */
  apply(container, { payload }, _name, namespace) {
    if (!namespace) return container;
    const shared = `container:${namespace.id}`;
    const modes = defined({
      PidMode: payload.pidMode === "task" ? shared : undefined,
      IpcMode: payload.ipcMode === "task" ? shared : undefined,
    });
    return {
      ...container,
      ...(payload.networkMode === "awsvpc" && { ports: [], network: { namespace: namespace.id } }),
      hostConfig: { ...container.hostConfig, ...modes },
    };
  },

  adopt(task, found) {
    const held = found.find(
      ({ isNamespace, status, labels }) =>
        isNamespace &&
        identityOf(labels)?.container === pauseName &&
        // One that publishes ports is made when it has them.
        (status === "running" || (status === "created" && !publishes(task))),
    );
    return held && (publishes(task) ? { id: held.id, ports: held.ports } : { id: held.id });
  },

  needs: ({ id }) => ({ id, lost: "ContainerNetworkingError: the task's network namespace has ended" }),
};

function publishes({ payload }: AgentTask): boolean {
  return payload.elasticNetworkInterfaces?.[0]?.assignPublicIp !== undefined;
}

/** The runtime's container that holds the network of an awsvpc task, while it is there. */
export function namespaceOf({ resources }: AgentTask): string | undefined {
  const made = resources[network.kind];
  return made?.status === "made" ? (made.data as Namespace | undefined)?.id : undefined;
}

type OwnNetwork = Pick<NamespaceSpec, "hostname" | "address" | "publish">;

function ownNetwork({ arn, payload }: AgentTask): OwnNetwork {
  const [eni] = payload.elasticNetworkInterfaces ?? [];
  const address = eni?.ipv4Addresses.find(({ primary }) => primary)?.privateAddress;
  if (!eni || address === undefined) {
    throw new ResourceFailure(`ContainerNetworkingError: Task ${arn} came without a network address`);
  }
  const publish = eni.assignPublicIp === undefined ? undefined : portsOf(payload);
  return { hostname: eni.privateDnsName, address, ...defined({ publish }) };
}

/** All ports of the task's containers. */
function portsOf({ containers }: AgentTask["payload"]): readonly PortMapping[] {
  return containers.flatMap(({ portMappings }) => portMappings.map(portMapping));
}

const defaultSharedMemory = 64 * 1024 * 1024;

/** The largest that a container asks for: the task's containers have one together. */
function sharedMemoryOf({ payload }: AgentTask): number {
  const asked = payload.containers.map(({ dockerConfig }) => {
    try {
      return Number((JSON.parse(dockerConfig.hostConfig) as { ShmSize?: unknown } | null)?.ShmSize ?? 0);
    } catch {
      return 0; // creating the container fails with that
    }
  });
  return Math.max(...asked, 0) || defaultSharedMemory;
}
