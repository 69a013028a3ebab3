import { text } from "node:stream/consumers";
import type Dockerode from "dockerode";
import { type RegistryCredentials, RuntimeError } from "../runtime.ts";
import { engineMessage, isMissing, streamFailure } from "./engine-error.ts";

/**
 * As AWS's agent's `ECS_IMAGE_PULL_BEHAVIOR`: `default` pulls, and falls back on the image that is there; `always` pulls and
 * nothing else; `once` and `prefer-cached` pull only what is not there.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
export type PullBehavior = "default" | "always" | "once" | "prefer-cached";

/** Makes `image` present and resolves to its digest, if it came from a registry. Rejects with `CannotPullContainerError`. */
export async function pull(
  docker: Dockerode,
  image: string,
  behavior: PullBehavior,
  credentials?: RegistryCredentials,
): Promise<{ digest?: string }> {
  try {
    const cached = behavior === "always" ? undefined : await digestOf(docker, image);
    if (cached && (behavior === "once" || behavior === "prefer-cached")) return cached;
    const failure = await download(docker, image, credentials);
    if (failure !== undefined && cached) return cached;
    if (failure !== undefined) throw new Error(failure);
    return (await digestOf(docker, image)) ?? {};
  } catch (error) {
    throw new RuntimeError("CannotPullContainerError", engineMessage(error));
  }
}

/** Why the image could not be pulled. */
async function download(
  docker: Dockerode,
  image: string,
  credentials?: RegistryCredentials,
): Promise<string | undefined> {
  try {
    const options = credentials ? { authconfig: authConfig(credentials) } : {};
    return streamFailure(await text(await docker.pull(image, options)));
  } catch (error) {
    return engineMessage(error);
  }
}

function authConfig({ username, password, serverAddress }: RegistryCredentials) {
  return { username, password, ...(serverAddress !== undefined && { serveraddress: serverAddress }) };
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
