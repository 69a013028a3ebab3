import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import { type Architecture, elf } from "./elf.ts";
import { isMissing, streamFailure } from "./engine-error.ts";

export interface TinyImage {
  readonly repository: string;
  readonly tag: string;
  /** Changes with the program: an image that the Engine has under another version is replaced. */
  readonly version: string;
  /** Name of the image's one file, in its root directory, which is also its entry point. */
  readonly program: string;
  code(architecture: Architecture): Buffer;
}

const versionLabel = "sealift.version";

/** Makes sure that the Engine has `image`, built here in memory; resolves to its name with the tag. */
export async function importImage(docker: Dockerode, image: TinyImage): Promise<string> {
  const name = `${image.repository}:${image.tag}`;
  if ((await versionOf(docker, name)) === image.version) return name;
  const { Architecture } = await docker.info();
  const program = elf(engineArchitecture(Architecture), image.code(engineArchitecture(Architecture)));
  try {
    const answer = await docker.importImage(tarOf(image.program, program) as unknown as NodeJS.ReadableStream, {
      repo: image.repository,
      tag: image.tag,
      changes: [`ENTRYPOINT ["/${image.program}"]`, `LABEL ${versionLabel}=${image.version}`],
    });
    const failure = streamFailure(await text(answer));
    if (failure) throw new Error(`could not import ${name}: ${failure}`);
  } catch (error) {
    // Of two that import it at the same time, an Engine that keeps images in containerd refuses one.
    if ((await versionOf(docker, name)) !== image.version) throw error;
  }
  return name;
}

/** Imports the image `sealift/<program>` of machine code that `scripts/compile-programs.sh` wrote, in base64. */
export async function importProgramImage(
  docker: Dockerode,
  program: string,
  codes: Readonly<Record<Architecture, string>>,
): Promise<string> {
  const code = Buffer.from(codes[engineArchitecture((await docker.info()).Architecture)], "base64");
  const version = createHash("sha256").update(code).digest("hex").slice(0, 12);
  // The tag too, so that Sealifts of two versions do not take the image from each other.
  return importImage(docker, { repository: `sealift/${program}`, tag: version, version, program, code: () => code });
}

/** An architecture by the Engine's name; anything but arm64 is taken for x86-64. */
export function engineArchitecture(name: string): Architecture {
  return name === "aarch64" || name === "arm64" ? "arm64" : "x86_64";
}

async function versionOf(docker: Dockerode, name: string): Promise<string | undefined> {
  try {
    return (await docker.getImage(name).inspect()).Config.Labels?.[versionLabel];
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function tarOf(name: string, contents: Buffer) {
  const pack = tar.pack();
  pack.entry({ name, mode: 0o755, mtime: new Date(0) }, contents);
  pack.finalize();
  return pack;
}
