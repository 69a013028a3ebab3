import type Dockerode from "dockerode";
import { isMissing, unless } from "./engine-error.ts";

/**
 * The name by which the Engine has an image. One that is named by its digest and came from a mirror has the mirror's host in front, as
 * the Engine gives no names with digests.
 */
export async function localName(docker: Dockerode, image: string): Promise<string> {
  if (!image.includes("@sha256:")) return image;
  if (await unless(isMissing, docker.getImage(image).inspect())) return image;
  // An Engine that keeps images in containerd has such names among the tags.
  for (const { RepoDigests, RepoTags } of await docker.listImages({ digests: true })) {
    const mirrored = [...(RepoDigests ?? []), ...(RepoTags ?? [])].find((name) => name.endsWith(`/${image}`));
    if (mirrored !== undefined) return mirrored;
  }
  return image;
}
