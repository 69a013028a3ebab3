import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import { isMissing, streamFailure } from "../../src/runtime/docker/engine-error.ts";

/** Debian's package busybox-static. */
const busybox = "/bin/busybox";

export interface HostImage {
  /** Such as `postgres:17-bookworm`: the name that an example pulls, which no registry is reached for. */
  readonly name: string;
  /** Programs of this machine, which come with their libraries; links are by their own names. */
  readonly programs?: readonly string[];
  /** Files and folders of this machine. */
  readonly files?: readonly string[];
  /** Links by their paths. */
  readonly links?: Readonly<Record<string, string>>;
  /** Scripts by their paths. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly entryPoint?: string;
  readonly path?: readonly string[];
}

/** Imports an image of files of this machine, with busybox as its shell and tools. */
export async function importHostImage(docker: Dockerode, image: HostImage): Promise<void> {
  const { name, entryPoint, path = [] } = image;
  const colon = name.lastIndexOf(":");
  const [repo, tag] = [name.slice(0, colon), name.slice(colon + 1)];
  await remove(docker, name);
  const changes = [`ENV PATH=${["/usr/local/bin", "/usr/bin", "/bin", ...path].join(":")} TZ=UTC`];
  if (entryPoint !== undefined) changes.push(`ENTRYPOINT ["${entryPoint}"]`);
  const stream = filesOf(image) as unknown as NodeJS.ReadableStream;
  const failure = streamFailure(await text(await docker.importImage(stream, { repo, tag, changes })));
  if (failure) throw new Error(`could not import ${name}: ${failure}`);
}

async function remove(docker: Dockerode, name: string): Promise<void> {
  try {
    await docker.getImage(name).remove({ force: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function filesOf({ programs = [], files = [], links = {}, scripts = {} }: HostImage): tar.Pack {
  const pack = tar.pack();
  const all = new Map<string, string>();
  const add = (path: string) => all.set(path.slice(1), realpathSync(path));
  for (const program of programs) for (const path of [program, ...librariesOf(realpathSync(program))]) add(path);
  for (const path of files) {
    if (!statSync(path).isDirectory()) add(path);
    else {
      for (const name of readdirSync(path, { recursive: true, encoding: "utf8" })) {
        const file = join(path, name);
        if (statSync(file).isFile()) add(file);
      }
    }
  }
  for (const name of ["tmp", "root", "dev", "proc", "run", "var/lib"]) {
    pack.entry({ name, type: "directory", mode: name === "tmp" ? 0o1777 : 0o755 });
  }
  pack.entry({ name: "bin/busybox", mode: 0o755 }, readFileSync(busybox));
  for (const applet of execFileSync(busybox, ["--list"], { encoding: "utf8" }).trim().split("\n")) {
    const path = `bin/${applet}`;
    if (applet !== "busybox" && !all.has(path) && links[`/${path}`] === undefined) {
      pack.entry({ name: path, type: "symlink", linkname: "/bin/busybox" });
    }
  }
  const users = "root:x:0:0::/root:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\n";
  pack.entry({ name: "etc/passwd" }, users);
  pack.entry({ name: "etc/group" }, "root:x:0:\npostgres:x:999:\n");
  pack.entry({ name: "etc/hosts" }, "127.0.0.1 localhost\n");
  for (const [name, from] of all) pack.entry({ name, mode: statSync(from).mode & 0o777 }, readFileSync(from));
  for (const [path, linkname] of Object.entries(links)) {
    pack.entry({ name: path.slice(1), type: "symlink", linkname });
  }
  for (const [path, script] of Object.entries(scripts)) pack.entry({ name: path.slice(1), mode: 0o755 }, script);
  pack.finalize();
  return pack;
}

/** The paths at which the loader of this machine finds what a file is linked with, the loader's own among them. */
function librariesOf(path: string): readonly string[] {
  const found = execFileSync("ldd", [path], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return [...found.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].map(([, library = ""]) => library);
}
