import assert from "node:assert/strict";
import { test } from "node:test";
import { chaos } from "../chaos/chaos.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const kills = process.env.SEALIFT_DEEP ? 100 : 12;

test(`no task runs twice, and nothing is lost or left, over ${kills} kills of control plane and agent`, {
  timeout: process.env.SEALIFT_DEEP ? 580_000 : 280_000,
}, async (t) => {
  await using directory = await throwAwayDirectory();
  const { details, ...counts } = await chaos({
    directory: directory.path,
    runtime: "process",
    kills,
    random: Math.random,
  });
  t.diagnostic(JSON.stringify(counts));
  const {
    kills: _,
    acknowledgedTasks,
    acknowledgedWrites,
    tasksWithRole,
    engineMounts,
    engineProcesses,
    ...damage
  } = counts;
  assert.ok(acknowledgedTasks > 0 && acknowledgedWrites > 0 && tasksWithRole > 0, "there was no load");
  for (const [what, count] of Object.entries(damage)) assert.equal(count, 0, `${what}: ${details.join("; ")}`);
});
