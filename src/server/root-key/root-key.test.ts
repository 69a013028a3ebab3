import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { databases } from "../../../test/support/databases.ts";
import { keyring } from "../../keyring/keyring.ts";
import { sealAnew } from "../rekey.ts";
import { directoryKeyFile, newRootKey, nextKeyFile, rootKeyOf } from "./root-key.ts";
import { checkRootKey } from "./root-key-check.ts";
import { type RootKeySource, rootKeySource, type SourceNames } from "./root-key-source.ts";

const names: SourceNames = {
  ...{ file: undefined, passphrase: undefined },
  ...{ fileFlag: "--root-key-file", passphraseFlag: "--passphrase", prefix: "SEALIFT_" },
};
const inDirectory: RootKeySource = { kind: "directory" };

test("rootKeySource takes the one source that is named, and refuses two", () => {
  const key = Buffer.alloc(32, 7);
  const SEALIFT_ROOT_KEY = key.toString("base64");
  assert.deepEqual(rootKeySource(names, {}), inDirectory);
  assert.deepEqual(rootKeySource({ ...names, file: "/a" }, { SEALIFT_ROOT_KEY_FILE: "/b" }), {
    kind: "file",
    path: "/a",
  });
  assert.deepEqual(rootKeySource(names, { SEALIFT_ROOT_KEY_FILE: "/b" }), { kind: "file", path: "/b" });
  assert.deepEqual(rootKeySource(names, { SEALIFT_ROOT_KEY }), { kind: "environment", key });
  assert.deepEqual(rootKeySource(names, { SEALIFT_PASSPHRASE: "p" }), { kind: "passphrase", passphrase: "p" });
  assert.throws(() => rootKeySource({ ...names, passphrase: "p" }, { SEALIFT_ROOT_KEY }), {
    name: "ConfigError",
    message: "Cannot take the root key from SEALIFT_ROOT_KEY and --passphrase: name one of them",
  });
});

test("rootKeySource refuses a root key of another length, and shows nothing of it", () => {
  const message = "Cannot use SEALIFT_ROOT_KEY: it must be 32 bytes in base64";
  for (const length of [0, 16, 31, 33]) {
    const SEALIFT_ROOT_KEY = Buffer.alloc(length, 7).toString("base64");
    assert.throws(() => rootKeySource(names, { SEALIFT_ROOT_KEY }), { name: "ConfigError", message });
  }
  assert.throws(() => rootKeySource(names, { SEALIFT_ROOT_KEY: "07".repeat(32) }), { message });
});

for (const kind of databases()) {
  async function open() {
    const path = mkdtempSync(join(tmpdir(), "sealift-key-"));
    const database = await kind.open();
    /** Opens the keyring as a start of the server does. */
    async function start(source: RootKeySource) {
      const key = await rootKeyOf(source, path, database);
      await checkRootKey(database, keyring(key));
      return Buffer.from(key).toString("hex");
    }
    return {
      ...{ path, database, start },
      async [Symbol.asyncDispose]() {
        await database[Symbol.asyncDispose]();
        rmSync(path, { recursive: true });
      },
    };
  }

  test(`The root key is made at the first start, for its owner alone, and found again (${kind.name})`, async () => {
    await using installation = await open();
    const { path, start } = installation;
    const key = await start(inDirectory);
    assert.equal(statSync(directoryKeyFile(path)).mode & 0o777, 0o600);
    assert.equal(await start(inDirectory), key);
    const elsewhere = join(path, "elsewhere.key");
    await assert.rejects(start({ kind: "file", path: elsewhere }), /Cannot find .*elsewhere\.key/);
    assert.equal(existsSync(elsewhere), false);
  });

  test(`No new root key is made for a database that another one sealed (${kind.name})`, async () => {
    await using installation = await open();
    const { path, start } = installation;
    await start(inDirectory);
    const key = readFileSync(directoryKeyFile(path));
    rmSync(directoryKeyFile(path));
    await assert.rejects(start(inDirectory), {
      name: "ConfigError",
      message: /^Cannot find .*root\.key, without which/,
    });
    assert.equal(existsSync(directoryKeyFile(path)), false);
    assert.equal(await start({ kind: "environment", key }), key.toString("hex"));
    writeFileSync(directoryKeyFile(path), Buffer.alloc(31));
    await assert.rejects(start(inDirectory), /root\.key: it must hold 32 bytes/);
  });

  test(`A root key file is refused that others may read (${kind.name})`, async () => {
    await using installation = await open();
    const { path, start } = installation;
    const source = { kind: "file", path: join(path, "own.key") } as const;
    const key = await start(source);
    assert.equal(existsSync(directoryKeyFile(path)), false);
    assert.equal(await start(source), key);
    chmodSync(source.path, 0o640);
    await assert.rejects(start(source), {
      name: "ConfigError",
      message: /others than its owner may read it; chmod 600/,
    });
  });

  test(`A passphrase opens what it sealed, from any directory, and another does not (${kind.name})`, async () => {
    await using installation = await open();
    const { path, start } = installation;
    const source = { kind: "passphrase", passphrase: "correct horse battery stäple" } as const;
    const key = await start(source);
    assert.equal(existsSync(directoryKeyFile(path)), false);
    assert.equal(await start({ ...source, passphrase: source.passphrase.normalize("NFD") }), key);
    const refused = { name: "ConfigError", message: /its secrets are sealed under another one$/ };
    await assert.rejects(start({ ...source, passphrase: "wrong" }), refused);
  });

  test(`A rekey that is killed leaves what opens with one of the two keys, and is settled at the next start (${kind.name})`, async () => {
    await using installation = await open();
    const { path, database, start } = installation;
    const first = await start(inDirectory);
    // Killed before the database was changed.
    await newRootKey(inDirectory, path);
    assert.equal(existsSync(nextKeyFile(path)), true);
    assert.equal(await start(inDirectory), first);
    assert.equal(existsSync(nextKeyFile(path)), false);
    // Killed after it.
    const { key, keep } = await newRootKey(inDirectory, path);
    await sealAnew(database, keyring(Buffer.from(first, "hex")), keyring(key), keep);
    assert.equal(await start(inDirectory), Buffer.from(key).toString("hex"));
    assert.equal(existsSync(nextKeyFile(path)), false);
    assert.deepEqual(readFileSync(directoryKeyFile(path)), Buffer.from(key));
  });

  test(`A rekey leads from any source of a root key to any other (${kind.name})`, async () => {
    await using installation = await open();
    const { path, database, start } = installation;
    const sources: readonly RootKeySource[] = [
      { kind: "passphrase", passphrase: "first passphrase" },
      inDirectory,
      { kind: "passphrase", passphrase: "second passphrase" },
      { kind: "file", path: join(path, "own.key") },
      { kind: "environment", key: Buffer.alloc(32, 9) },
      inDirectory,
    ];
    let key = await start(sources[0]!);
    for (const [index, source] of sources.entries()) {
      if (index === 0) continue;
      const next = await newRootKey(source, path);
      await sealAnew(database, keyring(Buffer.from(key, "hex")), keyring(next.key), next.keep);
      next.settle();
      await assert.rejects(start(sources[index - 1]!), { name: "ConfigError" });
      assert.equal(existsSync(directoryKeyFile(path)), source.kind === "directory");
      key = await start(source);
      assert.equal(key, Buffer.from(next.key).toString("hex"));
    }
  });
}
