import assert from "node:assert/strict";
import { test } from "node:test";
import { getHeapSnapshot } from "node:v8";
import { fakeClock } from "../clock.ts";
import { fakeTimers } from "../concurrency/timers.ts";
import { randomIds } from "../ids.ts";
import type { ContainerSpec } from "../runtime/containers.ts";
import { fakeRuntime } from "../runtime/fake.ts";
import { taskEngine } from "./engine.ts";
import { fakeSecretSource } from "./secrets/fake-source.ts";
import { resolveTaskSecrets } from "./steps/secrets.ts";
import type { TaskMemory } from "./steps/step.ts";
import { container, credentials, payload, secret, taskArn, taskWith } from "./task.fixture.ts";

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

function context() {
  const clock = fakeClock();
  const runtime = fakeRuntime({ clock, ids: randomIds });
  return {
    // Keeps nothing of the environment itself.
    runtime: {
      ...runtime,
      containers: {
        ...runtime.containers,
        create: (spec: ContainerSpec) => runtime.containers.create({ ...spec, environment: {} }),
      },
    },
    clock,
    ids: randomIds,
    cluster: "default",
    region: "eu-west-1",
    secretSource: () => ({
      ...fakeSecretSource(),
      getSecretValue: async () => ({
        // One flat string, as the SDK makes: V8 keeps sums as their parts.
        secretString: Buffer.from(secretBeginning + randomIds.hex(secretLength / 2)).toString(),
      }),
      async [Symbol.asyncDispose]() {},
    }),
  };
}

test("engine holds secrets until the last container that has some is created, and no longer", async () => {
  const timers = fakeTimers();
  const options = context();
  const engine = taskEngine({ ...options, timers, onChange() {}, onRetry() {}, retryDelay: 1 });
  const later = container("later", {
    secrets: [secret],
    dependsOn: [{ containerName: "init", condition: "COMPLETE" }],
  });
  const waiting = container("waiting", { dependsOn: [{ containerName: "later", condition: "COMPLETE" }] });
  engine.accept(
    payload([container("init", { essential: false }), later, waiting], { executionRoleCredentials: credentials }),
  );
  const idle = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  };
  await idle();
  const statuses = () => engine.tasks()[0]?.containers.map(({ status }) => status);
  assert.deepEqual(statuses(), ["running", "none", "none"]);
  assert.equal(await isInMemory(), true);
  const init = engine.tasks()[0]?.containers[0]?.runtimeId ?? "";
  await options.runtime.containers.stop(init, 1);
  await idle();
  assert.deepEqual(statuses(), ["stopped", "running", "none"]);
  assert.equal(await isInMemory(), false);
  engine.stop(taskArn);
  await engine.allStopped();
});

test("resolveTaskSecrets reads what is still needed, and lets the credentials go", async () => {
  const other = { ...secret, name: "OTHER", valueFrom: `${secret.valueFrom.slice(0, -1)}x` };
  const task = taskWith([container("old", { secrets: [other] }), container("new", { secrets: [secret] })], {
    old: { status: "running" },
  });
  const memory: TaskMemory = { executionRoleCredentials: credentials };
  assert.deepEqual(await resolveTaskSecrets(context(), task, memory), { kind: "secrets-resolved" });
  assert.deepEqual(
    [Object.keys(memory), [...(memory.secrets ?? new Map()).keys()]],
    [["secrets"], [`asm_${secret.valueFrom}_eu-west-1`]],
  );
});
