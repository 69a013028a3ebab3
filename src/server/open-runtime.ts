import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Config } from "./config.ts";
import { ConfigError } from "./config.ts";

export interface RuntimeNeeds {
  readonly clock: Clock;
  readonly ids: Ids;
  /** True if an Engine that is asked for by name need not answer yet. */
  readonly mayWait?: boolean;
}

/** Opens the runtime of the installation in `data`. Throws `ConfigError` if Docker is asked for, must answer and does not. */
export async function openRuntime(
  {
    runtime: kind,
    docker: address,
    imagePullBehavior: pullBehavior,
  }: Pick<Config, "runtime" | "docker" | "imagePullBehavior">,
  data: string,
  { clock, ids, mayWait = false }: RuntimeNeeds,
): Promise<Runtime> {
  if (address) {
    const { findDocker } = await import("../runtime/docker/engine.ts");
    const engine = kind === "docker" && mayWait ? address : await findDocker(address);
    if (engine) {
      const { dockerRuntime } = await import("../runtime/docker/docker-runtime.ts");
      return dockerRuntime({ engine, ids, prefix: enginePrefix(data), pullBehavior });
    }
    if (kind === "docker")
      throw new ConfigError("Cannot use the docker runtime: no Docker Engine answers; is it running?");
  }
  const { openProcessRuntime } = await import("../runtime/process/process-runtime.ts");
  return openProcessRuntime({ directory: join(data, "processes"), clock, ids });
}

/** Marks an installation's containers and networks, so that others on the same Engine do not remove them as strays. */
export function enginePrefix(data: string): string {
  return `sealift-${createHash("sha256").update(resolve(data)).digest("hex").slice(0, 8)}`;
}
