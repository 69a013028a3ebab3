import assert from "node:assert/strict";
import { test } from "node:test";
import type { PayloadTask } from "../../acs/protocol.ts";
import { openWorld, type WorldOptions } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, credentials, payload, secret, taskArn } from "../engine/task.fixture.ts";

const files = (...paths: readonly string[]) => ({
  environmentFiles: paths.map((path) => ({ value: `arn:aws:s3:::${path}`, type: "s3" })),
});

const role = { executionRoleCredentials: credentials };

async function environmentOf(sent: PayloadTask, objects: Readonly<Record<string, string>>, options: WorldOptions = {}) {
  const world = openWorld({ object: (path) => objects[path] ?? assert.fail(path), ...options });
  world.engine.accept(sent);
  await world.until("the task runs", () => knownStatus(world.task()) === "RUNNING");
  const environments = [...world.runtime.specs.values()].map(({ image, environment }) => [image, environment]);
  return { ...world, environment: Object.fromEntries(environments) as Record<string, Record<string, string>> };
}

const region = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" };

for (const [behaviour, own, given, expected] of [
  ["E4 and E5 adds the file's variables", { key1: "value1" }, ["key2=value2"], { key1: "value1", key2: "value2" }],
  ["E6 keeps what the container has", { key1: "value1" }, ["key1=value2"], { key1: "value1" }],
  ["E7 takes the first file's value", {}, ["key2=value2", "key2=value3\nA=b"], { key2: "value2", A: "b" }],
  ["keeps an empty value of the container", { key1: "" }, ["key1=value2"], { key1: "" }],
] as const) {
  test(`an environment file ${behaviour}`, async () => {
    const objects = Object.fromEntries(given.map((text, index) => [`bucket/${index}.env`, text]));
    const main = container("main", { environment: own, ...files(...Object.keys(objects)) });
    const { environment } = await environmentOf(payload([main], role), objects);
    assert.deepEqual(environment["main-image"], { ...expected, ...region });
  });
}

test("secrets win over variables, variables over files, and files over the agent's region", async () => {
  const dockerConfig = {
    config: JSON.stringify({ Labels: { "sealift.secrets.file.KEY": "/key" } }),
    hostConfig: "{}",
    version: "1.25",
  };
  const main = container("main", {
    environment: { B: "variable" },
    secrets: [
      { ...secret, name: "A" },
      { ...secret, name: "KEY" },
    ],
    dockerConfig,
    ...files("bucket/key.env"),
  });
  const objects = { "bucket/key.env": "A=file\nB=file\nC=file\nKEY_FILE=file\nAWS_REGION=file" };
  const { environment } = await environmentOf(payload([main], role), objects, { value: () => "secret" });
  assert.deepEqual(environment["main-image"], {
    A: "secret",
    B: "variable",
    C: "file",
    KEY_FILE: "/key",
    AWS_REGION: "file",
  });
});

test("a file that several containers name is read once, as the execution role, and kept in memory only", async () => {
  const value = "canary-in-a-file";
  const asked: string[] = [];
  const sent = payload([container("main", files("bucket/a.env")), container("side", files("bucket/a.env"))], role);
  const { environment, sessions, store, engine, changes } = await environmentOf(
    sent,
    {},
    {
      object(path) {
        asked.push(path);
        return `KEY=${value}`;
      },
    },
  );
  assert.deepEqual([environment["main-image"]?.KEY, environment["side-image"]?.KEY], [value, value]);
  assert.deepEqual([asked, sessions], [["bucket/a.env"], [credentials]]);
  assert.ok(!JSON.stringify([store.tasks(), engine.tasks(), changes]).includes(value));
});

async function reasonOf(sent: PayloadTask, object: NonNullable<WorldOptions["object"]>) {
  const world = openWorld({ object });
  world.engine.accept(sent);
  await world.until("the task has stopped", () => isStopped(world.task()));
  return { task: world.task().reason, container: world.task().containers[0]?.attempt.reason };
}

const failing = (message: string) => () => Promise.reject(new Error(message));

test("E12 all files that cannot be read are named", async () => {
  const sent = payload([container("main", files("bucket/a.env", "bucket/b.env"))], role);
  const said = (key: string) => `unable to download env file with key ${key} from bucket bucket, error: error response`;
  const { task } = await reasonOf(sent, failing("error response"));
  assert.equal(
    task,
    `Unable to download env file with key a.env from bucket bucket, error: error response;${said("b.env")}`,
  );
  const fargate = await reasonOf({ ...sent, launchType: "FARGATE" }, failing("error response"));
  assert.equal(
    fargate.task,
    `ResourceInitializationError: failed to download env files: file download command: non empty error stream: ${said("a.env")};${said("b.env")}`,
  );
});

test("E11 no file is read where the key of one escapes", async () => {
  const asked: string[] = [];
  const sent = payload([container("main", files("bucket/a.env", "bucket/../../b.env"))], role);
  const { task } = await reasonOf(sent, (path) => {
    asked.push(path);
    return "";
  });
  assert.match(
    task ?? "",
    /^Unable to initialize envfile resource directory, error: .* escapes envfile resource directory$/,
  );
  assert.deepEqual(asked, []);
});

test("environment files need an execution role", async () => {
  const { task } = await reasonOf(payload([container("main", files("bucket/a.env"))]), () => "");
  assert.equal(task, "Environment file resource: unable to find execution role credentials");
});

test("a line that is too long fails its container, and quotes nothing", async () => {
  const sent = payload([container("main", files("bucket/a.env"))], role);
  const { container: reason } = await reasonOf(sent, () => `KEY=canary${"x".repeat(70_000)}`);
  assert.equal(
    reason,
    `ResourceInitializationError: resource cannot be initialized for task ${taskArn}: bufio.Scanner: token too long`,
  );
});

test("environment files are read again after a kill -9 before the container is created, and not after it", async () => {
  const object = () => "KEY=value";
  const first = openWorld({
    object,
    before: (operation) => (operation === "pull" ? new Promise(() => {}) : undefined),
  });
  const sent = payload([container("main", files("bucket/a.env"))], role);
  first.engine.accept(sent);
  await first.until("it is read", () => first.sessions.length === 1);
  const second = await first.killed();
  second.engine.accept(sent);
  await second.until("it is read again", () => second.sessions.length === 1);
  const ran = await environmentOf(sent, {}, { object });
  const next = await ran.killed();
  next.engine.accept(sent);
  next.engine.stop(taskArn);
  await next.until("the task has stopped", () => isStopped(next.task()));
  assert.deepEqual(next.sessions, []);
});
