import assert from "node:assert/strict";
import { test } from "node:test";
import { rotateServices } from "../soak/rotation.ts";
import { connectDocker } from "../support/docker.ts";
import { skipUnless } from "../support/require.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";

const skip = await skipUnless("docker");
const size = process.env.SEALIFT_DEEP
  ? { services: 20, tasks: 2, secrets: 10, seconds: 180 }
  : { services: 4, tasks: 1, secrets: 3, seconds: 20 };

test(`${size.services} services that share ${size.secrets} secrets end on the newest versions, torn never and below the minimum never`, {
  skip,
  timeout: 900_000,
}, async (t) => {
  await using directory = await throwAwayDirectory();
  const { details, ...counts } = await rotateServices(directory.path, await connectDocker(), size);
  t.diagnostic(JSON.stringify(counts));
  assert.ok(counts.rotations > 0 && counts.rollouts > 0, JSON.stringify(counts));
  for (const what of ["torn", "old", "belowMinimum", "needless"] as const) {
    assert.equal(counts[what], 0, `${what}: ${details.join("; ")}`);
  }
});
