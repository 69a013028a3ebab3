import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { sealiftProgram } from "../support/program.ts";

test("a command whose output nobody reads ends without a word, as others that SIGPIPE ends", async () => {
  const child = spawn(sealiftProgram, ["check", "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (piece) => (errors += piece));
  const [code] = await once(child, "close");
  assert.deepEqual([code, errors], [141, ""]);
});
