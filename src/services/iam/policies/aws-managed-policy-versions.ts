import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { PolicyVersion } from "./policy.ts";

export const folder = join(import.meta.dirname, "aws-managed-policies");

/**
 * The versions of one of AWS's own policies before its newest, newest first; `resource` is its path and name. They are asked for
 * seldom: nothing of them is kept in memory, and documents are unpacked, all of a policy at once, when the first is read.
 */
export function olderVersions(resource: string): PolicyVersion[] {
  const index = `\n${readFileSync(join(folder, "versions.tsv"), "latin1")}`;
  const at = index.indexOf(`\n${resource}\t`);
  if (at < 0) return [];
  const [, offset, length, dates = ""] = index.slice(at + 1, index.indexOf("\n", at + 1)).split("\t");
  let documents: readonly string[] | undefined;
  const readDocument = (position: number) => {
    documents ??= brotliDecompressSync(readPart("versions.bin", Number(offset), Number(length)))
      .toString()
      .split("\n");
    const document = documents[position];
    if (document === undefined) throw new Error(`Policy '${resource}' has no document ${position} of ${dates}`);
    return indented(document);
  };
  return dates.split(",").map((entry, position) => {
    const [version, createdAt] = entry.split(":").map(Number);
    return {
      version: version ?? 0,
      createdAt: new Date((createdAt ?? 0) * 1000),
      get document() {
        return readDocument(position);
      },
    };
  });
}

export function readPart(file: string, offset: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  const descriptor = openSync(join(folder, file), "r");
  try {
    readSync(descriptor, part, 0, length, offset);
  } finally {
    closeSync(descriptor);
  }
  return part;
}

/** A document as AWS writes its own. */
export function indented(document: string): string {
  return JSON.stringify(JSON.parse(document), null, 4);
}
