import { randomBytes, scrypt } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import { ConfigError } from "../config.ts";
import { removeDurably, renameDurably, writeWhole } from "../durable-file.ts";
import { opensCheck, readInstallation, writeInstallation } from "./root-key-check.ts";
import type { RootKeySource } from "./root-key-source.ts";

const length = 32;

/** Parameters that make a key of a passphrase. The database has them, so that all its servers make the same key. */
interface Derivation {
  /** Base64. */
  readonly salt: string;
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** RFC 7914's parameters for long-lived secrets: 128 MiB and about a third of a second. */
const strength = { N: 2 ** 17, r: 8, p: 1 } as const;
const derivationName = "root key derivation";

export function directoryKeyFile(directory: string): string {
  return join(directory, "root.key");
}

/** The file of a key that `rekey` is about to put in the place of the other. */
export function nextKeyFile(directory: string): string {
  return join(directory, "root.key.next");
}

/** Reads an installation's root key. The first start makes one that is kept in a file. Throws `ConfigError`. */
export async function rootKeyOf(source: RootKeySource, directory: string, database: Database): Promise<Uint8Array> {
  switch (source.kind) {
    case "directory":
      return directoryKey(directory, database);
    case "file":
      return fileKey(source.path, await isFirstStart(database));
    case "environment":
      return source.key;
    case "passphrase":
      return passphraseKey(source.passphrase, database);
  }
}

/** Reads the root key without changing anything: a server or a `rekey` may be running. Throws `ConfigError`. */
export async function presentRootKey(
  source: RootKeySource,
  directory: string,
  database: Pick<Database, "db">,
): Promise<Uint8Array> {
  switch (source.kind) {
    case "directory": {
      const [file, next] = [directoryKeyFile(directory), nextKeyFile(directory)];
      const isNext = existsSync(next) && (await opensCheck(database, keyring(readKey(next))));
      if (!isNext && !existsSync(file)) throw missingKey(file);
      return readKey(isNext ? next : file);
    }
    case "file":
      return fileKey(source.path, false);
    case "environment":
      return source.key;
    case "passphrase":
      return storedPassphraseKey(source.passphrase, database);
  }
}

/** A new root key, for `rekey` to seal everything under. */
export interface NewRootKey {
  readonly key: Uint8Array;
  /** Stores what the key needs, in the transaction that seals everything anew. */
  keep(db: Database["db"]): Promise<void>;
  /** Puts the key's file in its place, or removes the former one, after that transaction. */
  settle(): void;
}

export async function newRootKey(source: RootKeySource, directory: string): Promise<NewRootKey> {
  const forget = (db: Database["db"]) => writeInstallation(db, derivationName, undefined);
  const settleElsewhere = () => removeDurably(directoryKeyFile(directory));
  switch (source.kind) {
    case "directory": {
      const key = randomBytes(length);
      writeWhole(nextKeyFile(directory), key);
      return { key, keep: forget, settle: () => renameDurably(nextKeyFile(directory), directoryKeyFile(directory)) };
    }
    case "file":
      return { key: fileKey(source.path, true), keep: forget, settle: settleElsewhere };
    case "environment":
      return { key: source.key, keep: forget, settle: settleElsewhere };
    case "passphrase": {
      const derivation = newDerivation();
      const keep = (db: Database["db"]) => writeInstallation(db, derivationName, JSON.stringify(derivation));
      return { key: await derive(source.passphrase, derivation), keep, settle: settleElsewhere };
    }
  }
}

/** There are two files only if a `rekey` was killed. Then the database decides which of them is the key. */
async function directoryKey(directory: string, database: Database): Promise<Uint8Array> {
  const [file, next] = [directoryKeyFile(directory), nextKeyFile(directory)];
  const isFirst = await isFirstStart(database);
  if (isFirst && !existsSync(file)) writeWhole(file, randomBytes(length));
  // A `rekey` was killed while it wrote the file. Nothing is sealed under that key.
  rmSync(`${next}.new`, { force: true });
  if (existsSync(next)) {
    const isNext = await opensCheck(database, keyring(readKey(next)));
    if (isNext) renameDurably(next, file);
    else removeDurably(next);
  }
  if (existsSync(file)) return readKey(file);
  throw missingKey(file);
}

function missingKey(file: string): ConfigError {
  return new ConfigError(
    `Cannot find ${file}, without which nothing in the database can be read: put it back, or say where the root key is (--root-key-file, --passphrase, SEALIFT_ROOT_KEY)`,
  );
}

function fileKey(path: string, mayMake: boolean): Uint8Array {
  if (!existsSync(path)) {
    if (!mayMake) throw new ConfigError(`Cannot find ${path}, without which nothing in the database can be read`);
    try {
      writeWhole(path, randomBytes(length));
    } catch (cause) {
      throw new ConfigError(`Cannot make ${path}: ${(cause as Error).message}`, { cause });
    }
  }
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0) {
    throw new ConfigError(`Cannot use ${path}: others than its owner may read it; chmod 600 ${path}`);
  }
  return readKey(path);
}

function readKey(path: string): Uint8Array {
  let key: Uint8Array;
  try {
    key = readFileSync(path);
  } catch (cause) {
    throw new ConfigError(`Cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  if (key.length !== length) throw new ConfigError(`Cannot use ${path}: it must hold ${length} bytes`);
  return key;
}

async function passphraseKey(passphrase: string, database: Database): Promise<Uint8Array> {
  if (await isFirstStart(database)) {
    const made = JSON.stringify(newDerivation());
    await writeInstallation(database.db, derivationName, made, { unlessThere: true });
  }
  return storedPassphraseKey(passphrase, database);
}

async function storedPassphraseKey(passphrase: string, database: Pick<Database, "db">): Promise<Uint8Array> {
  const stored = await readInstallation(database.db, derivationName);
  if (stored) return derive(passphrase, JSON.parse(Buffer.from(stored).toString()) as Derivation);
  throw new ConfigError("Cannot open the database with a passphrase: its root key was not made from one");
}

function newDerivation(): Derivation {
  return { salt: randomBytes(16).toString("base64"), ...strength };
}

function derive(passphrase: string, { salt, N, r, p }: Derivation): Promise<Uint8Array> {
  const work = promisify<string, Uint8Array, number, object, Buffer>(scrypt);
  // The same text may be typed as different characters.
  return work(passphrase.normalize("NFC"), Buffer.from(salt, "base64"), length, { N, r, p, maxmem: 256 * N * r });
}

async function isFirstStart({ db }: Database): Promise<boolean> {
  return (await readInstallation(db, "root key check")) === undefined;
}
