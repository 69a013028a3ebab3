import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorld } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, credentials, payload, secret } from "../engine/task.fixture.ts";
import { fakeSecretSource } from "../secrets/fake-source.ts";

const db = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-a1B2c3";
const app = "arn:aws:ssm:us-east-1:123456789012:parameter/app";

function source() {
  const key = { name: "/app/key", value: "canary-key", read: { arn: `${app}/key`, version: "4" } };
  const fake = fakeSecretSource({
    secret: ({ secretId }) =>
      secretId === db ? '{"USER":"canary-user","PASSWORD":"canary-own","MODE":"canary-mode"}' : "canary-explicit",
    below: () => [key],
  });
  return {
    ...fake,
    async getSecretValue(...asked: Parameters<typeof fake.getSecretValue>) {
      return { ...(await fake.getSecretValue(...asked)), read: { arn: asked[1].secretId, version: "v1" } };
    },
    async [Symbol.asyncDispose]() {},
  };
}

function docker(labels: object) {
  return { config: JSON.stringify({ Labels: labels }), hostConfig: "{}", version: "1.25" };
}

function sent(labels: object, more: object = {}) {
  const main = container("main", {
    secrets: [secret],
    environment: { MODE: "plain" },
    dockerConfig: docker(labels),
    ...more,
  });
  return payload([main], { executionRoleCredentials: credentials });
}

test("Keys and parameters are variables below the container's own secrets and variables, and it is told what was held", async () => {
  const world = openWorld({ secretSource: source });
  const { engine, until, task, runtime, store } = world;
  engine.accept(sent({ "sealift.secrets.from": `${db},${app}` }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const [{ environment } = { environment: {} }] = [...runtime.specs.values()];
  const { USER, PASSWORD, MODE, key } = environment as Record<string, string>;
  assert.deepEqual([USER, PASSWORD, MODE, key], ["canary-user", "canary-explicit", "plain", "canary-key"]);
  const held = [
    { arn: secret.valueFrom, version: "v1", containers: ["main"] },
    { arn: db, version: "v1", containers: ["main"] },
    { arn: `${app}/key`, version: "4", containers: ["main"] },
  ];
  assert.deepEqual(task().held, held);
  assert.deepEqual(store.tasks()[0]?.held, held);
  assert.equal(JSON.stringify([store.tasks(), engine.tasks(), world.changes]).includes("canary"), false);
});

test("They are files where the container's secrets are, one of them at a path of its own", async () => {
  const { engine, until, task, runtime } = openWorld({ secretSource: source });
  const labels = {
    ...{ "sealift.secrets.from": db, "sealift.secrets.prefix": "DB_" },
    ...{ "sealift.secrets.files": "/run/secrets", "sealift.secrets.file.DB_USER": "/etc/user" },
  };
  engine.accept(sent(labels, { secrets: [] }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const [spec] = [...runtime.specs.values()];
  assert.deepEqual(spec?.files?.mounts, [
    {
      path: "/run/secrets",
      directory: new Map([
        ["DB_PASSWORD", "canary-own"],
        ["DB_MODE", "canary-mode"],
      ]),
    },
    { path: "/etc/user", contents: "canary-user" },
  ]);
  const { DB_PASSWORD_FILE, DB_USER_FILE } = spec?.environment ?? {};
  assert.deepEqual([DB_PASSWORD_FILE, DB_USER_FILE], ["/run/secrets/DB_PASSWORD", "/etc/user"]);
  assert.equal(JSON.stringify(spec?.environment).includes("canary"), false);
});

const failures: readonly (readonly [labels: object, reason: RegExp])[] = [
  [
    { "sealift.secrets.from": "db" },
    /^ResourceInitializationError: docker label "sealift.secrets.from" of container "main" has "db"/,
  ],
  [{ "sealift.secrets.from": secret.valueFrom }, /is no JSON object: invalid character 'c'/],
  [
    { "sealift.secrets.from": db, "sealift.secrets.file.OTHER": "/etc/other" },
    /^ResourceInitializationError: docker label "sealift.secrets.file.OTHER" of container "main" names no secret of the container$/,
  ],
  [
    { "sealift.secrets.from": db, "sealift.secrets.files": "/run/x", "sealift.secrets.file.PASSWORD": "/run/x/USER" },
    /the secrets "PASSWORD" and "USER" of container "main" are both to be the file \/run\/x\/USER$/,
  ],
];
for (const [labels, reason] of failures) {
  test(`A task fails with ${JSON.stringify(labels)}`, async () => {
    const { engine, until, task } = openWorld({ secretSource: source });
    engine.accept(sent(labels));
    await until("it has stopped", () => isStopped(task()));
    assert.match(task().reason ?? "", reason);
    assert.equal(JSON.stringify(task()).includes("canary"), false);
  });
}
