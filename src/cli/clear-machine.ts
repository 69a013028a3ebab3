import type { Config } from "../server/config.ts";
import { enginePrefix } from "../server/open-runtime.ts";
import type { Sealift } from "../server/server.ts";

/** Stops the tasks of this machine, and deletes what they and a throw-away installation left on it. */
export async function clearMachine(
  { clear, runtime }: Pick<Sealift, "clear" | "runtime">,
  { data, docker }: Pick<Config, "data" | "docker">,
): Promise<void> {
  await clear();
  if (runtime?.kind !== "docker" || !docker) return;
  const { connectDocker } = await import("../runtime/docker/engine.ts");
  const { isMissing } = await import("../runtime/docker/engine-error.ts");
  try {
    await (await connectDocker(docker)).getNetwork(enginePrefix(data)).remove();
  } catch (error) {
    // Nothing has asked for it yet.
    if (!isMissing(error)) throw error;
  }
}
