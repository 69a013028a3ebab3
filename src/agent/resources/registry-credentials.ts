import type { RegistryAuthentication } from "../../acs/protocol.ts";
import type { RegistryCredentials } from "../../runtime/images.ts";
import { type AgentTask, containerOf, payloadOf } from "../engine/task.ts";
import { type RegistryRequest, resolveRegistryCredentials } from "../secrets/index.ts";
import { containersThat, isUnpulled } from "./needed.ts";
import { type Resource, ResourceFailure } from "./resource.ts";
import { unlessAborted } from "./unless-aborted.ts";

type ByContainer = ReadonlyMap<string, RegistryCredentials>;

/** The credentials of private registries, from Secrets Manager. They are in memory only, until the last image is pulled. */
export const registryCredentials: Resource<ByContainer> = {
  kind: "registry-credentials",
  after: [],
  keeps: "memory",
  needed: (task) => containersOf(task).length > 0,
  isForPull: (task, name) => isPrivate(task, name),

  async make(context, task) {
    const names = containersOf(task);
    const requests = names.map((name) => requestOf(payloadOf(task, name).registryAuthentication));
    const credentials = await unlessAborted(context.signal, context.executionCredentials());
    const source = credentials && context.secretSource(credentials);
    const { launchType = "EC2" } = task.payload;
    const result = await unlessAborted(context.signal, resolveRegistryCredentials(requests, source, launchType));
    if (result.outcome === "failed") throw new ResourceFailure(result.reason);
    return new Map(result.credentials.map((one, index) => [names[index] ?? "", one]));
  },

  registryCredentials: (task, name, data) => (isPrivate(task, name) ? data?.get(name) : undefined),
};

function containersOf(task: AgentTask): readonly string[] {
  return containersThat(task, isUnpulled).filter((name) => isPrivate(task, name));
}

function isPrivate(task: AgentTask, name: string): boolean {
  return isUnpulled(containerOf(task, name)) && payloadOf(task, name).registryAuthentication?.type === "asm";
}

function requestOf(authentication: RegistryAuthentication | undefined): RegistryRequest {
  if (authentication?.asmAuthData) return authentication.asmAuthData;
  throw new ResourceFailure("engine docker private registry credentials: not found");
}
