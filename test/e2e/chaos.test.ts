import assert from "node:assert/strict";
import { test } from "node:test";
import { chaos } from "../chaos/chaos.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const kills = process.env.SEALIFT_DEEP ? 100 : 12;

test(`no task runs twice, and nothing is lost or left, over ${kills} kills of control plane and agent`, {
  // The scheduler waits up to five minutes before it tries again.
  timeout: 580_000,
}, async (t) => {
  await using directory = await throwAwayDirectory();
  const { work, damage, details } = await chaos({
    directory: directory.path,
    runtime: "process",
    kills,
    random: Math.random,
  });
  t.diagnostic(JSON.stringify({ ...work, ...damage }));
  for (const [what, count] of Object.entries(work)) assert.ok(count > 0, `${what}: there was no load`);
  for (const [what, count] of Object.entries(damage)) assert.equal(count, 0, `${what}: ${details.join("; ")}`);
});
