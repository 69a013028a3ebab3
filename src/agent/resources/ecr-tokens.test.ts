import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegistryCredentials } from "../../runtime/images.ts";
import { openWorld, type WorldOptions } from "../engine/engine.fixture.ts";
import { isStopped, knownStatus } from "../engine/status.ts";
import { container, credentials, payload } from "../engine/task.fixture.ts";
import type { EcrToken } from "../secrets/index.ts";

const password = "canary-ecr-token";
const registryId = "111122223333";
const host = `${registryId}.dkr.ecr.eu-west-1.amazonaws.com`;
const image = `${host}/app:1`;
const registryAuthentication = {
  type: "ecr",
  ecrAuthData: { region: "eu-west-1", registryId, useExecutionRole: true },
} as const;

function world(options: WorldOptions & { readonly token?: Partial<EcrToken>; readonly kept?: readonly string[] } = {}) {
  const pulls: [string, RegistryCredentials | undefined][] = [];
  const asked: (readonly unknown[])[] = [];
  const open = openWorld({
    async ecrToken(...given) {
      asked.push(given);
      return { username: "AWS", password, proxyEndpoint: `https://${host}`, ...options.token };
    },
    wrap: (runtime) => ({
      ...runtime,
      images: {
        isKept: async (name) => options.kept?.includes(name) ?? false,
        async pull(name, shown) {
          pulls.push([name, shown]);
          return {};
        },
      },
    }),
    ...options,
  });
  return { ...open, pulls, asked };
}

const two = [
  container("main", { image, registryAuthentication }),
  container("side", { image: `${host}/side:1`, registryAuthentication }),
];
const sent = payload(two, { executionRoleCredentials: credentials });
const denied = () =>
  Object.assign(new Error("User: x is not authorized to perform: ecr:GetAuthorizationToken on resource: *"), {
    name: "AccessDeniedException",
    $metadata: { httpStatusCode: 400, requestId: "r-1", attempts: 1 },
  });
const text = "AccessDeniedException: User: x is not authorized to perform: ecr:GetAuthorizationToken on resource: *";

test("images of one registry are pulled with one token, got as the execution role and kept in memory", async () => {
  const { engine, until, task, pulls, sessions, asked, store } = world();
  engine.accept(sent);
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  const serverAddress = `https://${host}`;
  assert.deepEqual(
    pulls.toSorted(([one], [other]) => one.localeCompare(other)),
    [
      [image, { username: "AWS", password, serverAddress }],
      [`${host}/side:1`, { username: "AWS", password, serverAddress }],
    ],
  );
  assert.deepEqual(asked, [["eu-west-1", registryId, undefined]]);
  assert.deepEqual(sessions, [credentials]);
  assert.ok(!JSON.stringify([store.tasks(), engine.tasks()]).includes(password));
});

test("a registry that answers elsewhere is asked there, by the image's whole name", async () => {
  const { engine, until, task, pulls } = world({ token: { proxyEndpoint: "http://127.0.0.1:4566" } });
  engine.accept(payload([two[0]!], { executionRoleCredentials: credentials }));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.equal(pulls[0]?.[1]?.mirror, "127.0.0.1:4566");
});

test("an image that is on the machine needs no token", async () => {
  const { engine, until, task, pulls, asked } = world({ kept: [image, `${host}/side:1`] });
  engine.accept(sent);
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.deepEqual(asked, []);
  assert.ok(pulls.every(([, shown]) => shown === undefined));
});

test("without an execution role the token is got as the container instance", async () => {
  const { engine, until, task, sessions, asked } = world();
  const ecrAuthData = { ...registryAuthentication.ecrAuthData, useExecutionRole: false };
  engine.accept(payload([container("main", { image, registryAuthentication: { type: "ecr", ecrAuthData } })]));
  await until("the task runs", () => knownStatus(task()) === "RUNNING");
  assert.deepEqual([sessions, asked.length], [[], 1]);
});

test("a token that is denied stops the container in the words of EC2's agent", async () => {
  const { engine, until, task, pulls } = world({ ecrToken: () => Promise.reject(denied()) });
  engine.accept(payload([two[0]!], { executionRoleCredentials: credentials }));
  await until("the task has stopped", () => isStopped(task()));
  assert.equal(
    task().containers[0]?.attempt.reason,
    `CannotPullECRContainerError: operation error ECR: GetAuthorizationToken, https response error StatusCode: 400, RequestID: r-1, api error ${text}`,
  );
  assert.deepEqual(pulls, []);
});

test("a token that is denied stops the task in the words of Fargate's agent", async () => {
  const { engine, until, task } = world({ ecrToken: () => Promise.reject(denied()) });
  engine.accept(payload([two[0]!], { executionRoleCredentials: credentials, launchType: "FARGATE" }));
  await until("the task has stopped", () => isStopped(task()));
  assert.equal(
    task().reason,
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${text}`,
  );
});

test("what says that its image is Amazon ECR's and not whose is refused", async () => {
  const { engine, until, task } = world();
  const nobody = container("main", { image, registryAuthentication: { type: "ecr" } });
  engine.accept(payload([nobody], { executionRoleCredentials: credentials }));
  await until("the task has stopped", () => isStopped(task()));
  assert.equal(task().containers[0]?.attempt.reason, "CannotPullECRContainerError: engine ecr credentials: not found");
});
