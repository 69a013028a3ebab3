import type { PayloadContainer } from "../../acs/protocol.ts";
import type { RegistryCredentials } from "../../runtime/images.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { type AgentTask, containerOf, payloadOf } from "../engine/task.ts";
import { type EcrToken, getAuthorizationTokenOperation, sdkErrorText } from "../secrets/index.ts";
import { containersThat, isUnpulled } from "./needed.ts";
import { type Resource, type ResourceContext, ResourceFailure } from "./resource.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** What each container's pull shows Amazon ECR, or why it cannot be pulled. */
type ByContainer = ReadonlyMap<string, RegistryCredentials | RuntimeError>;

/**
 * Tokens of Amazon ECR, got as the execution role or, without one, as the container instance. They are in memory only, until the last
 * image is pulled. An image that is on the machine needs none.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html
 */
export const ecrTokens: Resource<ByContainer> = {
  kind: "ecr-tokens",
  after: [],
  keeps: "memory",
  needed: (task) => containersOf(task).length > 0,
  isForPull: (task, name) => isFromEcr(task, name),

  async make(context, task) {
    const tokens = new Map<string, Promise<EcrToken>>();
    const made = new Map<string, RegistryCredentials | RuntimeError>();
    for (const name of containersOf(task)) {
      const { image, registryAuthentication } = payloadOf(task, name);
      const data = registryAuthentication?.ecrAuthData;
      if (await context.runtime.images.isKept?.(image)) continue;
      if (!data) {
        made.set(name, new RuntimeError("CannotPullECRContainerError", "engine ecr credentials: not found"));
        continue;
      }
      const key = JSON.stringify(data);
      const token = tokens.get(key) ?? getToken(context, data);
      tokens.set(key, token);
      made.set(name, await unlessAborted(context.signal, shown(image, token, task)));
    }
    return made;
  },

  registryCredentials: (task, name, data) => (isFromEcr(task, name) ? data?.get(name) : undefined),
};

type EcrAuthData = NonNullable<NonNullable<PayloadContainer["registryAuthentication"]>["ecrAuthData"]>;

async function getToken(context: ResourceContext, data: EcrAuthData): Promise<EcrToken> {
  const { region, registryId, useExecutionRole, endpointOverride } = data;
  const credentials = useExecutionRole ? await context.executionCredentials() : undefined;
  if (useExecutionRole && !credentials) throw new Error("engine ecr credentials: not found");
  return context.ecrSource(credentials).getToken(region, registryId, endpointOverride || undefined);
}

async function shown(
  image: string,
  token: Promise<EcrToken>,
  { payload: { launchType } }: AgentTask,
): Promise<RegistryCredentials | RuntimeError> {
  try {
    const { username, password, proxyEndpoint } = await token;
    const { host } = new URL(proxyEndpoint);
    const isElsewhere = !image.startsWith(`${host}/`);
    return { username, password, serverAddress: proxyEndpoint, ...(isElsewhere && { mirror: host }) };
  } catch (error) {
    const failure = tokenFailure(error, launchType);
    if (failure instanceof ResourceFailure) throw failure;
    return failure;
  }
}

/** Why there is no token: on Fargate the task's reason, on instances that of the container. */
export function tokenFailure(error: unknown, launchType: string | undefined): RuntimeError | ResourceFailure {
  const text = sdkErrorText(getAuthorizationTokenOperation, error);
  if (launchType !== "FARGATE") return new RuntimeError("CannotPullECRContainerError", text);
  return new ResourceFailure(
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${fargateText(text)}`,
  );
}

/** Fargate's agent names the error without the request. */
function fargateText(text: string): string {
  return text.replace(/^.*?api error /, "");
}

function containersOf(task: AgentTask): readonly string[] {
  return containersThat(task, isUnpulled).filter((name) => isFromEcr(task, name));
}

function isFromEcr(task: AgentTask, name: string): boolean {
  return isUnpulled(containerOf(task, name)) && payloadOf(task, name).registryAuthentication?.type === "ecr";
}
