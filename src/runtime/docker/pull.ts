import { text } from "node:stream/consumers";
import type Dockerode from "dockerode";
import { defined } from "../../defined.ts";
import type { RegistryCredentials } from "../images.ts";
import { isMissing, isUnreachable, streamFailure } from "./engine-error.ts";

/**
 * As AWS's agent's `ECS_IMAGE_PULL_BEHAVIOR`: `default` pulls, and falls back on the image that is there; `always` pulls and
 * nothing else; `once` and `prefer-cached` pull only what is not there.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
export type PullBehavior = "default" | "always" | "once" | "prefer-cached";

/** Makes `image` present and resolves to its digest, if it came from a registry. */
export async function pull(
  docker: Dockerode,
  image: string,
  behavior: PullBehavior,
  credentials?: RegistryCredentials,
): Promise<{ digest?: string }> {
  const cached = behavior === "always" ? undefined : await digestOf(docker, image);
  if (cached && (behavior === "once" || behavior === "prefer-cached")) return cached;
  try {
    await download(docker, image, credentials);
  } catch (error) {
    if (cached && !isUnreachable(error)) return cached;
    throw error;
  }
  return (await digestOf(docker, image)) ?? {};
}

async function download(docker: Dockerode, image: string, credentials?: RegistryCredentials): Promise<void> {
  const options = credentials ? { authconfig: authConfig(credentials) } : {};
  const failure = streamFailure(await text(await docker.pull(image, options)));
  if (failure !== undefined) throw new Error(failure);
}

function authConfig({ username, password, serverAddress: serveraddress }: RegistryCredentials) {
  return { username, password, ...defined({ serveraddress }) };
}

/** `undefined` if the Engine does not have the image. */
async function digestOf(docker: Dockerode, image: string): Promise<{ digest?: string } | undefined> {
  try {
    const { RepoDigests } = await docker.getImage(image).inspect();
    const digest = RepoDigests?.[0]?.split("@")[1];
    return digest === undefined ? {} : { digest };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
