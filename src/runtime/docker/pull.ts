import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import { defined } from "../../defined.ts";
import type { RegistryCredentials } from "../images.ts";
import type { PullBehavior } from "../pull-behavior.ts";
import { RuntimeError } from "../runtime-error.ts";
import { timedOut } from "../timed-out.ts";
import { isMissing, isNoName, isUnreachable, streamFailure } from "./engine-error.ts";
import { localName } from "./local-name.ts";

/** How long a pull may take, and when it is tried again; all in milliseconds. */
export interface PullPatience {
  readonly tries: number;
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** Until the Engine says the first word. */
  readonly begin: number;
  /** Between two words of it. */
  readonly silence: number;
  readonly total: number;
}

/** Those of AWS's agent. */
export const pullPatience: PullPatience = {
  tries: 5,
  firstDelay: 1_100,
  longestDelay: 5_000,
  begin: 5 * 60_000,
  silence: 60_000,
  total: 2 * 60 * 60_000,
};

export interface PullOptions {
  readonly behavior: PullBehavior;
  readonly credentials?: RegistryCredentials | undefined;
  readonly patience?: PullPatience;
}

/** Makes `image` present and resolves to its digest, if it came from a registry. */
export async function pull(
  docker: Dockerode,
  image: string,
  { behavior, credentials, patience = pullPatience }: PullOptions,
): Promise<{ digest?: string }> {
  const cached = behavior === "always" ? undefined : await digestOf(docker, image);
  if (cached && prefersCached(behavior)) return cached;
  try {
    await insist(patience, () => download(docker, sourceOf(image, credentials), credentials, patience));
    await rename(docker, image, credentials);
  } catch (error) {
    if (cached && !isUnreachable(error)) return cached;
    throw error;
  }
  return (await digestOf(docker, image)) ?? {};
}

/** True if `pull` would fetch nothing. */
export async function isKept(docker: Dockerode, image: string, behavior: PullBehavior): Promise<boolean> {
  return prefersCached(behavior) && (await digestOf(docker, image)) !== undefined;
}

function prefersCached(behavior: PullBehavior): boolean {
  return behavior === "once" || behavior === "prefer-cached";
}

/** Tries again what may succeed later: a registry that is not there, too busy, or broken. */
async function insist({ tries, firstDelay, longestDelay }: PullPatience, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || isUnreachable(error) || isFinal(error)) throw error;
    }
    const pause = Math.min(longestDelay, firstDelay * 2 ** (attempt - 1));
    await delay(pause * (1 + Math.random() * 0.2));
  }
}

/** What registries and the Engine say of images that are not there, not for this caller, or no images. */
const finalWords =
  /not found|manifest unknown|does not exist|denied|unauthorized|authentication required|no basic auth|invalid reference|no matching manifest|not authorized|forbidden|unsupported/i;

function isFinal(error: unknown): boolean {
  return error instanceof RuntimeError || finalWords.test(error instanceof Error ? error.message : String(error));
}

async function download(
  docker: Dockerode,
  image: string,
  credentials: RegistryCredentials | undefined,
  { begin, silence, total }: PullPatience,
): Promise<void> {
  const abort = new AbortController();
  const cancel = (reason: Error) => abort.abort(reason);
  const options = {
    ...(credentials && { authconfig: authConfig(credentials) }),
    abortSignal: abort.signal,
  };
  using _total = timer(total, () => cancel(timedOut("pulled", total)));
  let waiting = timer(begin, () => cancel(timedOut("pullBegin", begin)));
  let failure: string | undefined;
  try {
    const stream = await docker.pull(image, options);
    let left = "";
    for await (const part of stream) {
      waiting[Symbol.dispose]();
      const text: string = left + String(part);
      const end = text.lastIndexOf("\n") + 1;
      left = text.slice(end);
      failure ??= streamFailure(text.slice(0, end));
      waiting = timer(silence, () => cancel(new RuntimeError("CannotPullContainerError", silent)));
    }
    failure ??= streamFailure(left);
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    waiting[Symbol.dispose]();
  }
  if (failure !== undefined) throw new Error(failure);
}

/** The name under which the registry is asked for the image. */
function sourceOf(image: string, credentials: RegistryCredentials | undefined): string {
  return credentials?.mirror === undefined ? image : `${credentials.mirror}/${image}`;
}

/** Gives an image that came from a mirror its own name. The Engine gives no name with a digest: see `localName`. */
async function rename(docker: Dockerode, image: string, credentials: RegistryCredentials | undefined): Promise<void> {
  if (credentials?.mirror === undefined || image.includes("@")) return;
  const colon = image.lastIndexOf(":");
  const [repo, tag] =
    colon > image.lastIndexOf("/") ? [image.slice(0, colon), image.slice(colon + 1)] : [image, "latest"];
  await docker.getImage(sourceOf(image, credentials)).tag({ repo, tag });
}

const silent = "inactivity time exceeded timeout while pulling image";

function timer(milliseconds: number, work: () => void): Disposable {
  const waiting = setTimeout(work, milliseconds);
  return { [Symbol.dispose]: () => clearTimeout(waiting) };
}

function authConfig({ username, password, serverAddress: serveraddress }: RegistryCredentials) {
  return { username, password, ...defined({ serveraddress }) };
}

/** `undefined` if the Engine does not have the image. */
async function digestOf(docker: Dockerode, image: string): Promise<{ digest?: string } | undefined> {
  try {
    const { RepoDigests } = await docker.getImage(await localName(docker, image)).inspect();
    const digest = RepoDigests?.[0]?.split("@")[1];
    return digest === undefined ? {} : { digest };
  } catch (error) {
    // What is wrong with a name, the pull says.
    if (isMissing(error) || isNoName(error)) return undefined;
    throw error;
  }
}
