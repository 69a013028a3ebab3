import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type KeyPair, type NewKeyPair, newKeyPair } from "../../src/services/kms/materials/new-material.ts";

const folder = join(import.meta.dirname, "../../node_modules/.cache/sealift-key-pairs");

/** Pairs of a spec that are kept. With two, one key's bytes are not the next one's. */
const kept = 2;

const taken = new Map<string, number>();

/**
 * Key pairs of RSA that earlier tests made, by turns; the first test makes them. One of 4096 bits takes a second of the
 * processor. Pairs of other kinds are new.
 */
export const keptKeyPair: NewKeyPair = async (spec) => {
  if (!spec.startsWith("RSA_")) return newKeyPair(spec);
  const number = (taken.get(spec) ?? 0) + 1;
  taken.set(spec, number);
  const path = join(folder, `${spec}-${number % kept}.json`);
  return readPair(path) ?? keep(path, await newKeyPair(spec));
};

function readPair(path: string): KeyPair | undefined {
  try {
    const { publicKey, privateKey } = JSON.parse(readFileSync(path, "utf8"));
    return { publicKey: Buffer.from(publicKey, "base64"), privateKey: Buffer.from(privateKey, "base64") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function keep(path: string, pair: KeyPair): KeyPair {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const text = JSON.stringify({ publicKey: base64(pair.publicKey), privateKey: base64(pair.privateKey) });
  mkdirSync(folder, { recursive: true });
  // Other processes read it meanwhile.
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
  return pair;
}
