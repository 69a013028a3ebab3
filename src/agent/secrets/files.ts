import { posix } from "node:path";
import type { PayloadContainer } from "../../acs/protocol.ts";
import { fromLabel } from "./from.ts";
import { labelsOf, parseDocument } from "./labels.ts";

/** Docker label that names a directory: each of the container's secrets is a file in it, under the secret's name. */
export const directoryLabel = "sealift.secrets.files";

/** Followed by a secret's name: docker label that names the path of this secret's file. */
export const fileLabel = "sealift.secrets.file.";

/** Where a secret's file is: at `mount` itself, or in that directory as `file`. */
export interface FilePlace {
  readonly mount: string;
  readonly file?: string;
}

/** The places of those secrets of a container that are files, by the secret's name; or what is wrong with its labels. */
export type FilePlan =
  | {
      readonly places: ReadonlyMap<string, FilePlace>;
      /** The one for all secrets. */
      readonly directory?: string;
      /** Other secrets of the directory are known once they were read. */
      readonly isOpen?: true;
    }
  | { readonly problem: string };

type Container = Pick<PayloadContainer, "name" | "secrets" | "dockerConfig">;

/** Reads the container's docker labels, which mean nothing to AWS's agent: there the same secrets are variables. Pure. */
export function planFiles(container: Container): FilePlan {
  const labels = Object.entries(labelsOf(container)).filter(
    ([label]) => label === directoryLabel || label.startsWith(fileLabel),
  );
  const names = new Set(container.secrets.filter(({ target }) => target === "CONTAINER").map(({ name }) => name));
  const places = new Map<string, FilePlace>();
  // Which other secrets it has is known once they were read.
  const isOpen = fromLabel in labelsOf(container);
  const wrong = (label: string, what: string) => ({
    problem: `docker label "${label}" of container "${container.name}" ${what}`,
  });
  let directory: string | undefined;
  // The directory comes first: other files may be in it.
  for (const [label, value] of labels.sort(
    ([one], [other]) => Number(other === directoryLabel) - Number(one === directoryLabel),
  )) {
    const problem = pathProblem(value);
    if (problem !== undefined) return wrong(label, problem);
    const path = pathOf(value);
    if (label === directoryLabel) {
      directory = path;
      for (const name of names) {
        const isOwn = labels.some(([other]) => other === `${fileLabel}${name}`);
        if (!isOwn && !isFileName(name)) {
          return wrong(label, `cannot have a file for the secret "${name}": give it the label "${fileLabel}${name}"`);
        }
        if (!isOwn) places.set(name, { mount: path, file: name });
      }
      continue;
    }
    const name = label.slice(fileLabel.length);
    if (!names.has(name) && !isOpen) return wrong(label, "names no secret of the container");
    const isInside = directory !== undefined && posix.dirname(path) === directory;
    places.set(name, isInside ? { mount: posix.dirname(path), file: posix.basename(path) } : { mount: path });
  }
  if (directory === undefined) return clashOf(container, places) ?? { places };
  if (!isOpen) return clashOf(container, places) ?? { places, directory };
  const more = [`those of ${fromLabel}`, { mount: directory, file: "*" }] as const;
  return clashOf(container, new Map([...places, more])) ?? { places, directory, isOpen };
}

/** The path that a program is told. */
export function pathOfPlace({ mount, file }: FilePlace): string {
  return file === undefined ? mount : `${mount}/${file}`;
}

function pathProblem(value: unknown): string | undefined {
  const shown = JSON.stringify(value);
  if (typeof value !== "string" || !value.startsWith("/")) return `is not an absolute path: ${shown}`;
  if (value.includes("\0")) return `has a NUL character: ${shown}`;
  const parts = pathOf(value).slice(1).split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) {
    return `has an empty part, "." or "..": ${shown}`;
  }
  if (["proc", "sys"].includes(parts[0] ?? "")) return `is in a file system of the kernel: ${shown}`;
  return undefined;
}

function pathOf(value: string): string {
  return value.replace(/\/$/, "");
}

function isFileName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\0]/.test(name) && Buffer.byteLength(name) <= 255;
}

/** Files at one path, and files and mounts within one another. */
function clashOf(container: Container, places: ReadonlyMap<string, FilePlace>): FilePlan | undefined {
  const seen = new Map<string, string>();
  const mounts = mountsOf(container);
  const of = `of container "${container.name}"`;
  for (const [name, place] of places) {
    const path = pathOfPlace(place);
    const other = seen.get(path);
    if (other !== undefined)
      return { problem: `the secrets "${other}" and "${name}" ${of} are both to be the file ${path}` };
    seen.set(path, name);
    const mount = mounts.find((one) => isWithin(place.mount, one) || isWithin(one, place.mount));
    if (mount !== undefined) {
      return {
        problem: `the file ${path} of the secret "${name}" ${of} and the mount at ${mount} are in each other's way`,
      };
    }
  }
  const targets = [...new Set([...places.values()].map(({ mount }) => mount))];
  for (const outer of targets) {
    const inner = targets.find((one) => one !== outer && isWithin(one, outer));
    if (inner !== undefined)
      return { problem: `secret files ${of} cannot be both at ${outer} and below it, at ${inner}` };
  }
  return undefined;
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(outer === "/" ? "/" : `${outer}/`);
}

/** Where the task definition mounts something into the container. */
function mountsOf({ dockerConfig }: Container): readonly string[] {
  const { Binds: binds, Tmpfs: tmpfs, Mounts: mounts } = parseDocument(dockerConfig.hostConfig);
  const paths = [
    ...(Array.isArray(binds) ? binds.map((bind) => String(bind).split(":")[1] ?? "") : []),
    ...Object.keys(Object(tmpfs)),
    ...(Array.isArray(mounts) ? mounts.map((mount) => String(Object(mount).Target ?? "")) : []),
  ];
  return paths.filter((path) => path !== "").map((path) => posix.resolve("/", path));
}
