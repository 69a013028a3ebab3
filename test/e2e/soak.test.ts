import assert from "node:assert/strict";
import { test } from "node:test";
import { soak } from "../soak/soak.ts";
import { skipUnless } from "../support/require.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const starts = process.env.SEALIFT_DEEP ? 200 : 20;
const skip = (await skipUnless("docker")) || (process.getuid?.() !== 0 && "an Engine of its own needs root");

test(`${starts} starts under rotation have no torn pair and leave nothing`, { skip, timeout: 580_000 }, async (t) => {
  await using directory = await throwAwayDirectory();
  const { details, ...counts } = await soak(directory.path, starts);
  t.diagnostic(JSON.stringify(counts));
  const { starts: done, rotations, ...damage } = counts;
  assert.equal(done, starts);
  assert.ok(rotations > 0, "nothing was rotated");
  for (const [what, count] of Object.entries(damage)) assert.equal(count, 0, `${what}: ${details.join("; ")}`);
});
