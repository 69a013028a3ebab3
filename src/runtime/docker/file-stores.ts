import { posix } from "node:path";
import { buffer } from "node:stream/consumers";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import type { Ids } from "../../ids.ts";
import type { ContainerSpec } from "../containers.ts";
import type { FileContents, FileMount, FileStoreSpec, FileStores } from "../file-stores.ts";
import { RuntimeError } from "../runtime-error.ts";
import { createContainer } from "./create-container.ts";
import type { Engine } from "./engine.ts";
import { isMissing, named, unless } from "./engine-error.ts";
import { fileStoreLabel, runtimeLabel } from "./labels.ts";
import { once } from "./once.ts";
import { importPauseImage } from "./pause-image.ts";
import { evenIfPruned } from "./pruned.ts";
import { removeContainer } from "./remove-container.ts";
import { addReplaceable, replaceFiles } from "./replaceable-files.ts";
import { userIds } from "./user-ids.ts";

/** Where the container that holds a store has it. */
const target = "/files";

/** A member of `HostConfig.Mounts`. */
export interface BindMount {
  readonly Type: "bind";
  readonly Source: string;
  readonly Target: string;
}

/**
 * Stores on a tmpfs, each an anonymous volume of a container that does nothing but hold it: the Engine makes, mounts and deletes
 * both together. Files go through that container into the tmpfs, and from there, as bind mounts, into the container that they are
 * for. Those mounts can be written to by who owns them: runc drops `noexec` and `nosuid` from one that is read-only.
 */
export function dockerFileStores({ connect, prefix }: Engine, ids: Ids): FileStores {
  const pauseImage = once(async () => importPauseImage(await connect()));

  const open = (store: FileStoreSpec) => evenIfPruned([pauseImage], () => create(store));

  async function create({ taskArn, bytes, labels }: FileStoreSpec): Promise<string> {
    const Image = await pauseImage();
    const docker = await connect();
    const o = `size=${bytes},mode=0711,noexec,nosuid,nodev`;
    const DriverConfig = { Name: "local", Options: { type: "tmpfs", device: "tmpfs", o } };
    const id = await createContainer(docker, `${prefix}-files-${taskArn.split("/").at(-1)}-${ids.hex(4)}`, {
      Image,
      Labels: { ...labels, [runtimeLabel]: prefix, [fileStoreLabel]: prefix },
      HostConfig: {
        NetworkMode: "none",
        LogConfig: { Type: "none" },
        ReadonlyRootfs: true,
        CapDrop: ["ALL"],
        Mounts: [
          {
            ...{ Type: "volume", Target: target },
            VolumeOptions: { NoCopy: true, DriverConfig, Labels: { [fileStoreLabel]: prefix } },
          },
        ],
      },
    });
    const container = docker.getContainer(id);
    try {
      await container.start();
    } catch (error) {
      await removeContainer(container);
      throw error;
    }
    return id;
  }

  async function contents(id: string): Promise<readonly Buffer[] | undefined> {
    const docker = await connect();
    const packed = await unless(isMissing, docker.getContainer(id).getArchive({ path: target }));
    return packed && filesIn(packed);
  }

  return {
    open: (store) => named("CannotCreateFileStoreError", () => open(store)),
    contents: (id) => named("CannotReadFileStoreError", () => contents(id)),
    replace: (files) =>
      named("CannotReplaceFilesError", async () => replaceFiles(await connect(), { ...files, root: target })),
  };
}

/**
 * Deletes the empty volumes of stores that are gone: an Engine that was killed while containers went on takes their volumes on a
 * tmpfs for mounted, and leaves them behind, until it is started again.
 */
export async function removeLeftStores(docker: Dockerode, prefix: string): Promise<void> {
  // Pruning leaves out volumes with options.
  const filters = { dangling: ["true"], label: [`${fileStoreLabel}=${prefix}`] };
  const { Volumes: left } = await docker.listVolumes({ filters });
  await Promise.allSettled((left ?? []).map(({ Name }) => docker.getVolume(Name).remove()));
}

async function filesIn(packed: NodeJS.ReadableStream): Promise<readonly Buffer[]> {
  const files: Buffer[] = [];
  const extract = tar.extract();
  packed.on("error", (error) => extract.destroy(error)).pipe(extract);
  for await (const entry of extract) {
    const bytes = await buffer(entry);
    if (entry.header.type === "file") files.push(bytes);
  }
  return files;
}

export interface FilePlacer {
  /** Puts the container's files into their store and resolves to the mounts that show them to it. */
  place(spec: ContainerSpec): Promise<readonly BindMount[]>;
}

export function filePlacer(engine: Engine): FilePlacer {
  const { connect } = engine;
  const users = userIds(engine);
  return {
    async place({ name, image, files, config }) {
      if (!files || files.mounts.length === 0) return [];
      const docker = await connect();
      const holder = docker.getContainer(files.store);
      const found = await unless(isMissing, holder.inspect());
      const source = found?.Mounts.find(({ Destination }) => Destination === target)?.Source;
      if (!found?.State.Running || source === undefined) {
        throw new RuntimeError("CannotCreateContainerError", "the store of the task's secret files has ended");
      }
      const uid = await users.find(image, typeof config?.User === "string" ? config.User : "");
      await holder.putArchive(await archive(name, files.mounts, uid), { path: target });
      return files.mounts.map(({ path }, index) => ({
        Type: "bind",
        Source: posix.join(source, name, String(index)),
        Target: path,
      }));
    },
  };
}

/** The files, in a directory by the name of their container, as a tar archive: it is the Engine that gives them their owner. */
function archive(name: string, mounts: readonly FileMount[], uid: number): Promise<Buffer> {
  const pack = tar.pack();
  const root = { uid: 0, gid: 0, mtime: new Date(0) };
  const add = (path: string, contents: FileContents) =>
    pack.entry({ ...root, name: path, mode: 0o400, uid }, Buffer.from(contents));
  pack.entry({ ...root, name: `${name}/`, type: "directory", mode: 0o711 });
  for (const [index, mount] of mounts.entries()) {
    const path = `${name}/${index}`;
    if ("contents" in mount) {
      add(path, mount.contents);
      continue;
    }
    if (mount.isReplaceable) addReplaceable(pack, path, mount.directory, uid);
    else {
      pack.entry({ ...root, name: `${path}/`, type: "directory", mode: 0o555 });
      for (const [file, contents] of mount.directory) add(`${path}/${file}`, contents);
    }
  }
  pack.finalize();
  return buffer(pack);
}
