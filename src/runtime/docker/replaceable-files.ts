import { posix } from "node:path";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import type Dockerode from "dockerode";
import tar from "tar-stream";
import type { FileContents, FileReplacement } from "../file-stores.ts";
import { RuntimeError } from "../runtime-error.ts";
import { isMissing, unless } from "./engine-error.ts";

/*
 * A replaceable directory has its files in one of two directories, and links to them that lead over one more link: whoever turns
 * that one round replaces all files at once.
 *
 *   ..0/PASSWORD   ..data -> ..0   PASSWORD -> ..data/PASSWORD
 */
const sides = ["..0", "..1"] as const;
const current = "..data";
const next = "..next";

type Side = (typeof sides)[number];
type Files = ReadonlyMap<string, FileContents>;

const root = { uid: 0, gid: 0, mtime: new Date(0) };

/** Adds the directory `path` to an archive. Its owner must be able to turn the link. */
export function addReplaceable(pack: tar.Pack, path: string, files: Files, uid: number): void {
  pack.entry({ ...root, name: `${path}/`, type: "directory", mode: 0o755 });
  addSide(pack, `${path}/${sides[0]}`, files, uid);
  addLink(pack, `${path}/${current}`, sides[0]);
  for (const name of files.keys()) addLink(pack, `${path}/${name}`, `${current}/${name}`);
}

function addSide(pack: tar.Pack, path: string, files: Files, uid: number): void {
  pack.entry({ ...root, name: `${path}/`, type: "directory", mode: 0o555 });
  for (const [name, contents] of files) {
    pack.entry({ ...root, name: `${path}/${name}`, mode: 0o400, uid }, Buffer.from(contents));
  }
}

function addLink(pack: tar.Pack, name: string, linkname: string): void {
  pack.entry({ ...root, name, type: "symlink", linkname });
}

/** Replaces the files of a container's directory, which is below `root` in the container that holds the store. */
export async function replaceFiles(
  docker: Dockerode,
  { store, id, name, directory, signal, root: at }: FileReplacement & { readonly root: string },
): Promise<void> {
  const holder = docker.getContainer(store);
  // A container's only replaceable directory is the first of its mounts.
  const path = posix.join(at, name, "0");
  const found = await unless(isMissing, read(holder, path));
  if (!found) throw new RuntimeError("CannotReplaceFilesError", "the store of the task's secret files has ended");
  const { side, names, uid } = found;
  const other = side === sides[0] ? sides[1] : sides[0];
  const gone = [...names].filter((one) => !directory.has(one)).map((one) => [one, ""] as const);
  const pack = tar.pack();
  addSide(pack, other, new Map([...directory, ...gone]), uid);
  addLink(pack, next, other);
  pack.finalize();
  await holder.putArchive(await buffer(pack), { path });
  await rename(holder, posix.join(path, next), posix.join(path, current));
  const fresh = [...directory.keys()].filter((one) => !names.has(one));
  if (fresh.length > 0) {
    const links = tar.pack();
    for (const one of fresh) addLink(links, one, `${current}/${one}`);
    links.finalize();
    await holder.putArchive(await buffer(links), { path });
  }
  await docker.getContainer(id).kill({ signal: `SIG${signal}` });
}

/** Where the link leads, which names lead over it, and whose the files are. */
async function read(holder: Dockerode.Container, path: string) {
  let side: Side = sides[0];
  let uid = 0;
  const names = new Set<string>();
  const extract = tar.extract();
  extract.on("entry", ({ type, name, linkname, uid: owner }, stream, done) => {
    const base = posix.basename(name);
    if (type === "file") uid = owner ?? 0;
    else if (type === "symlink" && base === current) side = linkname === sides[1] ? sides[1] : sides[0];
    else if (type === "symlink" && base !== next) names.add(base);
    stream.on("end", done).resume();
  });
  const archive = await holder.getArchive({ path });
  archive.pipe(extract);
  await finished(extract);
  return { side, names, uid };
}

/** In one step, which the Engine's own way of writing files is not. */
async function rename(holder: Dockerode.Container, from: string, to: string): Promise<void> {
  const exec = await holder.exec({ Cmd: ["/pause", from, to], AttachStdout: true });
  const output = await exec.start({});
  await finished(output.resume());
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0)
    throw new RuntimeError("CannotReplaceFilesError", `the link to the files could not be turned (${ExitCode})`);
}
