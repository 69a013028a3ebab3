import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeSecretSource } from "../secrets/fake-source.ts";
import { openWorld } from "./engine.fixture.ts";
import { isStopped, knownStatus } from "./status.ts";
import { container, credentials, payload, secret, taskArn } from "./task.fixture.ts";

function docker(labels: object) {
  return { config: JSON.stringify({ Labels: labels }), hostConfig: "{}", version: "1.25" };
}

const signalled = docker({ "sealift.secrets.files": "/run/secrets", "sealift.secrets.on-change": "signal:SIGHUP" });
const main = container("main", { secrets: [secret], dockerConfig: signalled });
const side = container("side", { secrets: [secret] });

async function openRunning() {
  const state = { version: "v1", denied: false };
  const world = openWorld({
    secretSource: () => ({
      ...fakeSecretSource(),
      async getSecretValue(_region, { secretId }) {
        if (state.denied) throw new Error("denied");
        return { secretString: `canary-${state.version}`, read: { arn: secretId, version: state.version } };
      },
      async [Symbol.asyncDispose]() {},
    }),
  });
  world.engine.accept(payload([main, side], { executionRoleCredentials: credentials }));
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  return { ...world, state };
}

test("Running containers get newer files and a signal; the others keep what they have", async () => {
  const { engine, runtime, task, store, state, changes } = await openRunning();
  const [spec] = [...runtime.specs.values()].filter(({ files }) => files);
  assert.deepEqual(spec?.files?.mounts, [
    { path: "/run/secrets", directory: new Map([["PASSWORD", "canary-v1"]]), isReplaceable: true },
  ]);
  state.version = "v2";
  assert.equal(await engine.renewSecrets(taskArn, credentials), undefined);
  const [replaced, ...more] = runtime.replaced;
  assert.deepEqual(more, []);
  assert.deepEqual([replaced?.name, replaced?.signal], [spec?.name, "HUP"]);
  assert.deepEqual(replaced?.directory, new Map([["PASSWORD", "canary-v2"]]));
  const held = (version: string, ...containers: string[]) => ({ arn: secret.valueFrom, version, containers });
  assert.deepEqual(task().held, [held("v1", "side"), held("v2", "main")]);
  assert.equal(JSON.stringify([store.tasks(), engine.tasks(), changes]).includes("canary"), false);
});

test("What fails is told, and the task goes on holding what it had", async () => {
  const { engine, task, state } = await openRunning();
  const before = task().held;
  state.denied = true;
  assert.match((await engine.renewSecrets(taskArn, credentials)) ?? "", /^Secret arn:.*: denied: denied$/);
  assert.deepEqual(task().held, before);
  assert.equal(await engine.renewSecrets("arn:aws:ecs:eu-west-1:1:task/none", credentials), undefined);
});

const wrong: readonly (readonly [labels: object, said: string])[] = [
  [{ "sealift.secrets.files": "/run/s", "sealift.secrets.on-change": "HUP" }, "is not signal: and one of HUP, USR1"],
  [
    { "sealift.secrets.on-change": "signal:HUP" },
    "wants each of the container's secrets in the directory of the label",
  ],
  [
    {
      "sealift.secrets.files": "/run/s",
      "sealift.secrets.file.PASSWORD": "/etc/p",
      "sealift.secrets.on-change": "signal:HUP",
    },
    "wants each of the container's secrets in the directory",
  ],
];
for (const [labels, said] of wrong) {
  test(`A task fails with ${JSON.stringify(labels)}`, async () => {
    const { engine, until, task } = openWorld();
    engine.accept(payload([{ ...main, dockerConfig: docker(labels) }], { executionRoleCredentials: credentials }));
    await until("it has stopped", () => isStopped(task()));
    assert.ok(task().reason?.includes(said), task().reason);
    assert.ok(
      task().reason?.startsWith(
        'ResourceInitializationError: docker label "sealift.secrets.on-change" of container "main"',
      ),
    );
  });
}
