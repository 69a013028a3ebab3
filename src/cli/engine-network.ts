import type { EngineAddress } from "../runtime/docker/engine.ts";
import { enginePrefix } from "../server/open-runtime.ts";

/** Removes the network that an installation of its own left on the Docker Engine. */
export async function removeNetwork(data: string, address: EngineAddress): Promise<void> {
  const { connectDocker } = await import("../runtime/docker/engine.ts");
  await (await connectDocker(address)).getNetwork(enginePrefix(data)).remove();
}
