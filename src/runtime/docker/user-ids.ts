import { posix } from "node:path";
import { Readable } from "node:stream";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import { RuntimeError } from "../runtime-error.ts";
import { createContainer } from "./create-container.ts";
import type { Engine } from "./engine.ts";
import { isMissing, unless } from "./engine-error.ts";
import { runtimeLabel } from "./labels.ts";
import { removeContainer } from "./remove-container.ts";

export interface UserIds {
  /**
   * The number of the user as whom a container of `image` runs: `user` (a name or a number, perhaps with a group), or else the
   * image's own. Rejects with `CannotCreateContainerError` if the image does not know the name.
   */
  find(image: string, user: string): Promise<number>;
}

/** Bytes that are read of a file: it is as long as whoever made the image likes. */
const mostBytes = 4 * 1024 * 1024;

/** Links that are followed on the way to a file. */
const mostLinks = 5;

/** Users by the images' own `/etc/passwd`. */
export function userIds({ connect, prefix }: Engine): UserIds {
  /** An image's id stands for its contents. */
  const known = new Map<string, number>();
  return {
    async find(image, user) {
      const docker = await connect();
      const { Id, Config } = await docker.getImage(image).inspect();
      const [name = ""] = (user || Config.User || "").split(":", 1);
      if (name === "" || name === "root") return 0;
      if (/^\d+$/.test(name)) return Number(name);
      const key = `${Id} ${name}`;
      const uid = known.get(key) ?? uidIn(await passwdOf(docker, Id, prefix), name);
      known.set(key, uid);
      return uid;
    },
  };
}

function uidIn(passwd: string, name: string): number {
  const [, , uid] =
    passwd
      .split("\n")
      .map((line) => line.split(":"))
      .find(([first]) => first === name) ?? [];
  if (uid !== undefined && /^\d+$/.test(uid)) return Number(uid);
  throw new RuntimeError(
    "CannotCreateContainerError",
    `unable to find user ${name}: no matching entries in passwd file`,
  );
}

/** Only containers have files that the Engine shows, so one is made, which never runs. */
async function passwdOf(docker: Dockerode, image: string, prefix: string): Promise<string> {
  const options = { Image: image, Cmd: ["/"], NetworkDisabled: true, Labels: { [runtimeLabel]: prefix } };
  const container = docker.getContainer(await createContainer(docker, "", options));
  try {
    return await readText(container, "/etc/passwd");
  } finally {
    await removeContainer(container);
  }
}

/** The text of a file of the container; of one that does not exist, or is none, it is empty. */
async function readText(container: Dockerode.Container, path: string, links = 0): Promise<string> {
  const stream = await unless(isMissing, container.getArchive({ path }));
  if (!stream) return "";
  const extract = Readable.from(stream).pipe(tar.extract());
  for await (const entry of extract) {
    const { type, linkname } = entry.header;
    if (type === "symlink" && linkname && links < mostLinks) {
      return readText(container, posix.resolve(posix.dirname(path), linkname), links + 1);
    }
    return type === "file" ? start(entry) : "";
  }
  return "";
}

/** The package's types do not say that it is read in buffers. */
async function start(file: AsyncIterable<unknown>): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of file as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length >= mostBytes) break;
  }
  return Buffer.concat(parts).toString("utf8", 0, mostBytes);
}
