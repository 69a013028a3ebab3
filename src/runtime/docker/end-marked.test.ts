import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { skipUnless } from "../../../test/support/require.ts";
import { endWithin } from "./end-marked.ts";
import { docker, openDocker } from "./engine.fixture.ts";

describe("docker: programs that are ended within the container", { skip: await skipUnless("docker") }, () => {
  const { runtime, start, specOf } = openDocker("end-marked");

  test("those with the mark end, though this machine's processes cannot be told; others go on", async () => {
    const id = await start(specOf({}));
    const { exec } = runtime();
    assert.ok(exec);
    const options = { terminal: { columns: 80, rows: 24 }, stdin: true };
    await using own = await exec.start(id, { command: ["sh"], environment: { MARK: "own" }, ...options });
    await using other = await exec.start(id, { command: ["cat"], environment: { MARK: "other" }, ...options });
    for (const { stdout } of [own, other]) stdout.resume();
    await endWithin(docker.getContainer(id), "MARK=own");
    assert.notEqual(await own.exitCode, 0);
    other.stdin.write("\u0004");
    assert.equal(await other.exitCode, 0);
  });
});
