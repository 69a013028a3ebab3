import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { randomIds } from "../ids.ts";
import { newAccessKey } from "../services/iam/index.ts";
import { openDataDirectory, readAccessKey, readAddress, writeAddress } from "./data-directory.ts";

function temporaryDirectory() {
  const path = mkdtempSync(join(tmpdir(), "sealift-data-"));
  return { path: join(path, "deep", "data"), [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function open(path: string) {
  return openDataDirectory(path, () => newAccessKey("AKIA", "111122223333", randomIds));
}

test("openDataDirectory makes a directory and keys for their owner alone", () => {
  using directory = temporaryDirectory();
  using data = open(directory.path);
  writeAddress(directory.path, { endpoint: "http://127.0.0.1:1", region: "us-east-1" });
  assert.equal(statSync(directory.path).mode & 0o777, 0o700);
  assert.deepEqual(
    readdirSync(directory.path).filter((file) => !file.startsWith("lock")),
    ["address.json", "root-access-key.json"],
  );
  for (const file of ["address.json", "root-access-key.json"]) {
    assert.equal(statSync(join(directory.path, file)).mode & 0o777, 0o600, file);
  }
  assert.equal(data.isNew, true);
  assert.match(data.accessKey.accessKeyId, /^AKIA[A-Z2-7]{16}$/);
  assert.match(data.accessKey.secretAccessKey, /^[A-Za-z0-9+/]{40}$/);
  assert.equal(data.database, join(directory.path, "sealift.db"));
});

test("openDataDirectory finds the keys of the last time, and each directory has its own", () => {
  using directory = temporaryDirectory();
  using other = temporaryDirectory();
  const first = open(directory.path);
  first[Symbol.dispose]();
  using second = open(directory.path);
  using third = open(other.path);
  assert.deepEqual([second.isNew, second.accessKey], [false, first.accessKey]);
  assert.deepEqual(readAccessKey(directory.path), first.accessKey);
  assert.notDeepEqual(third.accessKey, second.accessKey);
});

test("openDataDirectory refuses a directory that is open, here or in another process, until that is killed", async (t) => {
  using directory = temporaryDirectory();
  const refused = {
    name: "ConfigError",
    message: `Cannot use the data directory ${directory.path}: another Sealift is running on it`,
  };
  const program = `
    import { openDataDirectory } from ${JSON.stringify(join(import.meta.dirname, "data-directory.ts"))};
    // Kept, as a lock that nobody holds is collected.
    globalThis.directory = openDataDirectory(${JSON.stringify(directory.path)}, () => ({ accessKeyId: "AKIA", secretAccessKey: "x" }));
    process.stdout.write("open");
    process.stdin.resume();`;
  const holder = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", program],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  t.after(() => holder.kill("SIGKILL"));
  const closed = once(holder, "close");
  await once(holder.stdout, "data");
  assert.throws(() => open(directory.path), refused);
  holder.kill("SIGKILL");
  await closed;
  using _ = open(directory.path);
  assert.throws(() => open(directory.path), refused);
});

test("openDataDirectory names a path that it cannot use", () => {
  using directory = temporaryDirectory();
  open(directory.path)[Symbol.dispose]();
  const file = join(directory.path, "root-access-key.json");
  assert.throws(() => open(file), { name: "ConfigError", message: /^Cannot use the data directory .*key\.json: / });
  rmSync(join(directory.path, "lock"));
  writeFileSync(join(directory.path, "lock"), "no database ".repeat(100));
  assert.throws(() => open(directory.path), { name: "ConfigError", message: /: file is not a database$/ });
});

test("readAddress gives what writeAddress wrote last", () => {
  using directory = temporaryDirectory();
  assert.equal(readAddress(directory.path), undefined);
  using _ = open(directory.path);
  for (const endpoint of ["http://127.0.0.1:1", "http://127.0.0.1:2"]) {
    writeAddress(directory.path, { endpoint, region: "eu-west-1" });
    assert.deepEqual(readAddress(directory.path), { endpoint, region: "eu-west-1" });
  }
});
