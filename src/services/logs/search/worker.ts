/** A thread that searches batches: it opens one, unpacks it, and gives back what matches. */
import type { KeyObject } from "node:crypto";
import { parentPort } from "node:worker_threads";
import { decrypt } from "../../../keyring/keyring.ts";
import { type Block, blockFrom, releaseBlock, unpack } from "../events/block.ts";
import { decompressNow } from "../events/compression.ts";
import { release } from "../events/release.ts";
import { compilePattern } from "../filters/pattern.ts";
import { selectMatches } from "../filters/select.ts";

/** A batch to be searched. */
export interface Question {
  readonly number: number;
  readonly id: string;
  readonly sealed: Uint8Array;
  /** About as many bytes as it has unpacked. */
  readonly size: number;
  readonly key: KeyObject;
  readonly pattern: string;
}

export interface Answer {
  readonly number: number;
  /** The events that match, as a block of their own; absent if there are none, or where `problem` says why not. */
  readonly found?: Block;
  /** Bytes of all its messages. */
  readonly examined: number;
  readonly problem?: string;
}

let compiled: { readonly pattern: string; readonly select: (block: Block) => Iterable<number> } | undefined;

function search({ number, id, sealed, size, key, pattern }: Question): Answer {
  const packed = decrypt(key, sealed, Buffer.from(id));
  release(sealed);
  if (!packed) return { number, examined: 0, problem: `Cannot open the log events ${id}: they were changed` };
  const block = unpack(decompressNow(packed, size));
  release(packed);
  if (compiled?.pattern !== pattern) compiled = { pattern, select: selectMatches(compilePattern(pattern)) };
  const chosen = [...compiled.select(block)].map((at) => [block, at] as const);
  const examined = block.text.length;
  const found = chosen.length > 0 ? blockFrom(chosen) : undefined;
  releaseBlock(block);
  if (!found) return { number, examined };
  // The buffer behind it may be a larger one, all of which would be sent.
  return { number, examined, found: { ...found, text: Buffer.from(new Uint8Array(found.text).buffer) } };
}

parentPort?.on("message", (question: Question) => {
  const { number } = question;
  try {
    parentPort?.postMessage(search(question));
  } catch (error) {
    parentPort?.postMessage({ number, examined: 0, problem: String(error) } satisfies Answer);
  }
});
