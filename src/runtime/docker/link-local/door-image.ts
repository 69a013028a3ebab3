import { createHash } from "node:crypto";
import type Dockerode from "dockerode";
import { engineArchitecture, importImage } from "../import-image.ts";
import { doorCode } from "./door-code.ts";

/** Makes sure that the Engine has the image of `door.c`, without asking any registry; resolves to its name. */
export async function importDoorImage(docker: Dockerode): Promise<string> {
  const code = Buffer.from(doorCode[engineArchitecture((await docker.info()).Architecture)], "base64");
  const version = createHash("sha256").update(code).digest("hex").slice(0, 12);
  // The tag too, so that Sealifts of two versions do not take the image from each other.
  return importImage(docker, {
    repository: "sealift/link-local",
    tag: version,
    version,
    program: "link-local",
    code: () => code,
  });
}
