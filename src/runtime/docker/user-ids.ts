import { posix } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
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
   * image's own. Rejects with `CannotCreateContainerError` if the image does not know the name, or has a file of users that is too large.
   */
  find(image: string, user: string): Promise<number>;
}

/** Links that are followed on the way to a file. */
const mostLinks = 5;

/** Bytes that a file of users may have: whoever made the image decides on them, and they are read into memory. */
const mostBytes = 4 * 1024 * 1024;

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
  const archive = Readable.from(stream);
  try {
    for await (const entry of archive.pipe(tar.extract())) {
      const { type, linkname, size = 0 } = entry.header;
      if (type === "symlink" && linkname && links < mostLinks) {
        return await readText(container, posix.resolve(posix.dirname(path), linkname), links + 1);
      }
      if (type !== "file") return "";
      if (size > mostBytes) throw tooLarge(path, size);
      return await text(entry);
    }
    return "";
  } finally {
    archive.destroy();
  }
}

function tooLarge(path: string, size: number): RuntimeError {
  return new RuntimeError(
    "CannotCreateContainerError",
    `unable to find the user: the image's ${path} has ${size} bytes, and no more than ${mostBytes} are read`,
  );
}
