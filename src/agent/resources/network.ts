import { identityOf } from "../../runtime/identity.ts";
import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { taskLabels } from "../engine/labels.ts";
import { reasonOf } from "../engine/steps/step.ts";
import { type Resource, ResourceFailure } from "./resource.ts";

/** The name of the container that holds an awsvpc task's network namespace, as AWS's agent calls it. */
const pauseName = "~internal~ecs~pause";

interface Namespace {
  /** The runtime's. */
  readonly id: string;
}

/** The network namespace of an awsvpc task, at the address that the control plane gave it. All its containers share it. */
export const network: Resource<Namespace> = {
  kind: "network",
  after: [],
  keeps: "state",
  needed: ({ payload }) => payload.networkMode === "awsvpc",

  async make({ runtime, cluster }, { arn, payload }) {
    const [eni] = payload.elasticNetworkInterfaces ?? [];
    const address = eni?.ipv4Addresses.find(({ primary }) => primary)?.privateAddress;
    if (!eni || address === undefined) {
      throw new ResourceFailure(`ContainerNetworkingError: Task ${arn} came without a network address`);
    }
    try {
      const labels = taskLabels(payload, cluster, pauseName);
      return { id: await runtime.networks.open({ taskArn: arn, hostname: eni.privateDnsName, address, labels }) };
    } catch (error) {
      if (error instanceof RuntimeUnavailableError) throw error;
      throw new ResourceFailure(reasonOf(error));
    }
  },

  undo: ({ runtime }, _task, { id }) => runtime.containers.remove(id),

  /** Ports are reached at the task's own address. */
  apply: (container, _task, _name, namespace) =>
    namespace ? { ...container, ports: [], network: { namespace: namespace.id } } : container,

  adopt(_task, found) {
    const held = found.find(
      ({ isNamespace, status, labels }) =>
        isNamespace && status === "running" && identityOf(labels)?.container === pauseName,
    );
    return held && { id: held.id };
  },

  needs: ({ id }) => ({ id, lost: "ContainerNetworkingError: the task's network namespace has ended" }),
};
