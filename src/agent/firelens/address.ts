import type { ContainerSpec, Containers } from "../../runtime/containers.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type AgentTask, containerOf, payloadOf } from "../engine/task.ts";
import { reachOf } from "./config.ts";
import { isRouted, routerOf } from "./router.ts";

/** Tells a container the address that the router has in the bridge network; it has one once it runs. */
export async function withRouterAddress(
  containers: Pick<Containers, "inspect">,
  task: AgentTask,
  name: string,
  spec: ContainerSpec,
): Promise<ContainerSpec> {
  const router = routerOf(task.payload);
  const payload = payloadOf(task, name);
  if (!router || !isRouted(payload) || reachOf(task.payload) !== "bridge") return spec;
  if (payload.secrets.some((secret) => secret.target === "CONTAINER" && secret.name === "FLUENT_HOST")) return spec;
  const { runtimeId } = containerOf(task, router.name).attempt;
  const state = runtimeId === undefined ? undefined : await containers.inspect(runtimeId);
  const address = state?.networks?.map((network) => network.address).find((one) => one !== "");
  if (address === undefined) {
    throw new RuntimeError("DockerClientConfigError", "unable to get BridgeIP for task in bridge mode");
  }
  return { ...spec, environment: { ...spec.environment, FLUENT_HOST: address } };
}
