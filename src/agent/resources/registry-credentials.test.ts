import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegistryCredentials } from "../../runtime/images.ts";
import { RuntimeError } from "../../runtime/runtime-error.ts";
import { openWorld, type WorldOptions } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, credentials, payload, secret, taskArn } from "../engine/task.fixture.ts";

const password = "canary-registry-password";
const registryAuthentication = {
  type: "asm",
  asmAuthData: { credentialsParameter: "registry", region: "eu-west-1" },
} as const;

function world(options: WorldOptions & { readonly fails?: string; readonly holds?: "the first pull" } = {}) {
  const pulls: [string, RegistryCredentials | undefined][] = [];
  const open = openWorld({
    value: () => JSON.stringify({ username: "usr", password }),
    wrap: (runtime) => ({
      ...runtime,
      images: {
        async pull(image, shown) {
          pulls.push([image, shown]);
          if (options.holds && pulls.length === 1) return new Promise<never>(() => {});
          if (options.fails) throw new RuntimeError("CannotPullContainerError", options.fails);
          return {};
        },
      },
    }),
    ...options,
  });
  return { ...open, pulls };
}

const sent = payload([container("main", { registryAuthentication }), container("side")], {
  executionRoleCredentials: credentials,
});

test("an image is pulled with its registry's credentials, read as the execution role", async () => {
  const { engine, until, task, pulls, sessions, store, runtime } = world();
  engine.accept(sent);
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.deepEqual(
    pulls.sort(([one], [other]) => one.localeCompare(other)),
    [
      ["main-image", { username: "usr", password }],
      ["side-image", undefined],
    ],
  );
  assert.deepEqual(sessions, [credentials]);
  const everything = JSON.stringify([store.tasks(), engine.tasks(), [...runtime.specs.values()]]);
  assert.ok(!everything.includes(password));
});

test("an image of a private registry waits for its credentials, another does not", async () => {
  let release: ((value: string) => void) | undefined;
  const value = () => new Promise<string>((resolve) => (release = resolve));
  const { engine, until, task, pulls } = world({ value });
  engine.accept(sent);
  await until(
    "the credentials are asked for, and the other is pulled",
    () => release !== undefined && pulls.length === 1,
  );
  assert.deepEqual(pulls, [["side-image", undefined]]);
  release?.(JSON.stringify({ username: "usr", password }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.equal(pulls.length, 2);
});

test("a registry's credentials that cannot be had stop the task, and nothing is pulled with them", async () => {
  const { engine, until, task, pulls } = world({ value: () => "no JSON" });
  engine.accept(sent);
  await until("the task has stopped", () => isStopped(task()));
  assert.equal(task().reason, "Asm fetching authorization data: unable to unmarshal secret value, invalid schema");
  assert.ok(pulls.every(([image]) => image !== "main-image"));
});

test("a pull's failure does not quote the password, and says all else while secrets are being read", async () => {
  const { engine, until, task } = world({ fails: `unauthorized: usr:${password} is not welcome` });
  engine.accept(
    payload([container("main", { registryAuthentication, secrets: [secret] })], {
      executionRoleCredentials: credentials,
    }),
  );
  await until("the task has stopped", () => isStopped(task()));
  assert.equal(task().containers[0]?.attempt.reason, "CannotPullContainerError: unauthorized: usr:*** is not welcome");
});

test("a registry's credentials are read again after a kill -9 before the pull, and not after it", async () => {
  const only = payload([container("main", { registryAuthentication })], { executionRoleCredentials: credentials });
  const first = world({ holds: "the first pull" });
  first.engine.accept(only);
  await first.until("the pull is asked for", () => first.pulls.length === 1);
  const second = await first.killed();
  second.engine.accept(only);
  await second.until("the task runs", () => knownStatus(second.task()) === "RUNNING");
  assert.deepEqual(first.pulls[1], ["main-image", { username: "usr", password }]);
  assert.equal(second.sessions.length, 1);

  const ran = world();
  ran.engine.accept(sent);
  await ran.until("the task runs", () => knownStatus(ran.task()) === "RUNNING");
  const next = await ran.killed();
  next.engine.accept(sent);
  next.engine.stop(taskArn);
  await next.until("the task has stopped", () => isStopped(next.task()));
  assert.deepEqual(next.sessions, []);
});
