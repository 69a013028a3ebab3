import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findGpus } from "./gpus.ts";

test("GPUs are found by the driver's ids", async () => {
  const directory = await mkdtemp(join(tmpdir(), "sealift-gpus-"));
  for (const [card, uuid] of [
    ["0000:01:00.0", "GPU-2"],
    ["0000:00:04.0", "GPU-1"],
  ] as const) {
    await mkdir(join(directory, card));
    await writeFile(
      join(directory, card, "information"),
      `Model: \t\t Tesla T4\nIRQ:   \t\t 25\nGPU UUID: \t ${uuid}\n`,
    );
  }
  assert.deepEqual(await findGpus(directory), ["GPU-1", "GPU-2"]);
  await rm(directory, { recursive: true });
});

test("a machine without the driver has no GPUs", async () => {
  assert.deepEqual(await findGpus("/no/such/directory"), []);
});
