import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { networkLabel, runtimeLabel } from "../../src/runtime/docker/labels.ts";
import { enginePrefix } from "../../src/server/open-runtime.ts";
import { findDocker } from "./docker.ts";

/** A directory that is deleted when the test ends. */
export interface ThrowAwayDirectory extends AsyncDisposable {
  readonly path: string;
}

export async function throwAwayDirectory(name = "sealift-e2e-"): Promise<ThrowAwayDirectory> {
  const path = await mkdtemp(join(tmpdir(), name));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A data directory for `sealift up` or `sealift agent`. Disposing of it also deletes what its tasks left in the Engine. */
export async function throwAwayData(): Promise<ThrowAwayDirectory> {
  const directory = await throwAwayDirectory();
  return {
    path: directory.path,
    async [Symbol.asyncDispose]() {
      await clearEngine(directory.path);
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** The label value of the containers that belong to this data directory. */
export function prefixOf(data: string): string {
  return enginePrefix(data);
}

async function clearEngine(data: string): Promise<void> {
  const docker = await findDocker();
  if (!docker) return;
  const prefix = prefixOf(data);
  const containers = await docker.listContainers({ all: true, filters: { label: [`${runtimeLabel}=${prefix}`] } });
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
  const networks = await docker.listNetworks({ filters: { label: [`${networkLabel}=${prefix}`] } });
  await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove()));
  const { Volumes: volumes } = await docker.listVolumes({ filters: { label: [`${runtimeLabel}=${prefix}`] } });
  await Promise.all((volumes ?? []).map(({ Name }) => docker.getVolume(Name).remove()));
}
