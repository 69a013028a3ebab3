import assert from "node:assert/strict";
import { test } from "node:test";
import { getHeapSnapshot } from "node:v8";
import { randomIds } from "../../ids.ts";
import { idle, openWorld } from "./engine.fixture.ts";
import { container, credentials, payload, secret, taskArn } from "./task.fixture.ts";

/** Made when needed, so that only the engine can hold the whole of it. */
const secretBeginning = "heap-";
const secretLength = 64;

/** Whether a secret lies in this process's memory. */
async function isInMemory(): Promise<boolean> {
  let rest = "";
  for await (const chunk of getHeapSnapshot()) {
    const text = rest + String(chunk);
    for (let at = text.indexOf(secretBeginning); at !== -1; at = text.indexOf(secretBeginning, at + 1)) {
      const hex = text.slice(at + secretBeginning.length, at + secretBeginning.length + secretLength);
      if (hex.length === secretLength && [...hex].every((letter) => "0123456789abcdef".includes(letter))) return true;
    }
    rest = text.slice(-secretBeginning.length - secretLength);
  }
  return false;
}

test("engine holds secrets until the last container that has some is started, and no longer", async () => {
  const { engine, runtime, task } = openWorld({
    // One flat string, as the SDK makes: V8 keeps sums as their parts.
    value: () => Buffer.from(secretBeginning + randomIds.hex(secretLength / 2)).toString(),
    // Keeps nothing of the environment itself.
    containers: (real) => ({ create: (spec) => real.create({ ...spec, environment: {} }) }),
  });
  const later = container("later", {
    secrets: [secret],
    dependsOn: [{ containerName: "init", condition: "COMPLETE" }],
  });
  const waiting = container("waiting", { dependsOn: [{ containerName: "later", condition: "COMPLETE" }] });
  engine.accept(
    payload([container("init", { essential: false }), later, waiting], { executionRoleCredentials: credentials }),
  );
  await idle();
  const containers = () => task().containers.map(({ attempt }) => attempt.status);
  assert.deepEqual(containers(), ["running", "none", "none"]);
  assert.equal(await isInMemory(), true);
  await runtime.containers.stop(task().containers[0]?.attempt.runtimeId ?? "", 1);
  await idle();
  assert.deepEqual(containers(), ["stopped", "running", "none"]);
  assert.equal(await isInMemory(), false);
  engine.stop(taskArn);
  await engine.allStopped();
});
