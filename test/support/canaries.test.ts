import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { canaries, filesWithCanaries, watchCommandLines } from "./canaries.ts";
import { throwAwayDirectory } from "./throw-away.ts";

const value = "canary-of-the-canaries";
const hiding: readonly (readonly [string, string])[] = [
  ["as it is", `x${value}y`],
  ["in JSON", JSON.stringify({ value })],
  ["in hexadecimal", Buffer.from(value).toString("hex")],
  ["in base64", Buffer.from(value).toString("base64")],
  ["in base64 after one byte", Buffer.from(`x${value}y`).toString("base64")],
  ["in base64 after two bytes", Buffer.from(`xx${value}yy`).toString("base64")],
  ["in base64 of a URL", Buffer.from(`{"v":"${value}"}`).toString("base64url")],
];

for (const [how, text] of hiding) {
  test(`a canary is found ${how}`, async () => {
    await using directory = await throwAwayDirectory();
    const birds = canaries();
    birds.keep(value);
    await writeFile(join(directory.path, "file"), text);
    assert.deepEqual(await filesWithCanaries(directory.path, birds), [`file: ${value}`]);
    assert.deepEqual(await filesWithCanaries(directory.path, birds, ["file"]), []);
  });
}

test("a canary is found on a command line", { skip: process.platform !== "linux" && "there is no /proc" }, async () => {
  const birds = canaries();
  birds.keep(value);
  const child = spawn("/bin/sh", ["-c", "echo there; read _", value], { stdio: ["pipe", "pipe", "ignore"] });
  await once(child.stdout, "data");
  assert.equal((await watchCommandLines(birds).stop()).found.length, 1);
  child.stdin.end();
  await once(child, "exit");
  assert.deepEqual((await watchCommandLines(birds).stop()).found, []);
});
