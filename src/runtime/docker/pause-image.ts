import type Dockerode from "dockerode";
import { engineArchitecture, importImage } from "./import-image.ts";
import { waitForStop } from "./wait-for-stop.ts";

const version = "2";

/** Makes sure that the Engine has the image that holds namespaces open, without asking any registry. */
export async function importPauseImage(docker: Dockerode): Promise<string> {
  const architecture = engineArchitecture((await docker.info()).Architecture);
  return importImage(docker, {
    repository: "sealift/pause",
    tag: `${version}-${architecture}`,
    version,
    program: "pause",
    code: waitForStop,
  });
}
