import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lockDirectory } from "./directory-lock.ts";

test("a directory is locked for one process until that one has ended, however hard", async (context) => {
  const parent = await mkdtemp(join(tmpdir(), "lock-"));
  context.after(() => rm(parent, { recursive: true, force: true }));
  const path = join(parent, "made");
  const program = `
    import { lockDirectory } from ${JSON.stringify(join(import.meta.dirname, "directory-lock.ts"))};
    lockDirectory(${JSON.stringify(path)});
    console.log("locked");
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ["--input-type=module-typescript", "-e", program]);
  await once(other.stdout, "data");
  assert.equal(lockDirectory(path), undefined);
  other.kill("SIGKILL");
  await once(other, "exit");
  {
    using lock = lockDirectory(path);
    assert.ok(lock);
    assert.equal(lockDirectory(path), undefined);
    assert.equal((await stat(join(path, "lock"))).mode & 0o777, 0o600);
  }
  using again = lockDirectory(path);
  assert.ok(again);
  assert.throws(() => lockDirectory(join(path, "lock")), /EEXIST|ENOTDIR/);
});
