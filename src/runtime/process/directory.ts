import { statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import type { ContainerSpec } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";

/** Label that names the directory in which the container's program runs. */
const directoryLabel = "sealift.process.directory";

/**
 * The label's directory or else the image's; the latter only if this machine happens to have it. Throws
 * `CannotCreateContainerError`.
 */
export function directoryOf({ labels, config }: ContainerSpec): string | undefined {
  const label = labels[directoryLabel];
  if (label !== undefined && !isDirectory(label)) {
    throw new RuntimeError(
      "CannotCreateContainerError",
      `docker label "${directoryLabel}": there is no directory "${label}"`,
    );
  }
  const image = config?.WorkingDir;
  return label ?? (typeof image === "string" && image !== "" && isDirectory(image) ? image : undefined);
}

/** Makes the directory in which a program runs that asked for none. */
export async function ownDirectory(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
