import assert from "node:assert/strict";
import { test } from "node:test";
import { openAuthorizedPlane } from "../../../test/support/authorized-plane.ts";
import { rootPrincipal, testCall } from "../../../test/support/in-process.ts";
import type { Registry } from "../../services/ecr/index.ts";
import { repositoryOf } from "./door-request.ts";
import { registryDoor } from "./registry-door.ts";

const hour = 60 * 60 * 1000;
const unused: Registry = {
  endpoint: (host) => `http://${host}`,
  send: () => assert.fail("the registry was asked"),
};

async function openDoor() {
  const opened = await openAuthorizedPlane();
  const { plane, clock } = opened;
  const door = registryDoor({ plane: { ...plane, ecr: { ...plane.ecr, registry: unused } }, partition: "aws" });
  async function ask(path: string, password?: string) {
    const headers: Record<string, string> = { host: "127.0.0.1" };
    if (password !== undefined) {
      headers.authorization = `Basic ${Buffer.from(`AWS:${password}`).toString("base64")}`;
    }
    const body = {
      read: async () => Buffer.alloc(0),
      async *[Symbol.asyncIterator]() {},
    };
    const { status, ...answer } = await door.handle({
      ...{ method: "GET", path, query: "", headers, body, remoteAddress: "127.0.0.1", isSecure: false },
    });
    return { status, challenge: answer.headers["www-authenticate"], text: String(answer.body) };
  }
  const { password } = plane.ecr.tokens.mint(testCall(clock, rootPrincipal), rootPrincipal.account);
  return { ...opened, ask, password };
}

test("the door asks for a token, and takes one for twelve hours", async () => {
  await using opened = await openDoor();
  const { ask, password, clock } = opened;
  for (const wrong of [undefined, "", "made up", `${password}A`.slice(1)]) {
    const { status, challenge } = await ask("/v2/", wrong);
    assert.deepEqual([status, challenge?.slice(0, 5)], [401, "Basic"], wrong);
  }
  assert.equal((await ask("/v2/", password)).status, 200);
  clock.advance(12 * hour);
  const { status, text } = await ask("/v2/", password);
  assert.equal(status, 403);
  assert.match(text, /"DENIED".*Your authorization token has expired\. Reauthenticate and try again\./);
});

test("the door names a repository that is not there as Amazon ECR does", async () => {
  await using opened = await openDoor();
  const { status, text } = await opened.ask("/v2/team/gone/manifests/1", opened.password);
  assert.equal(status, 404);
  const message = "The repository with name 'team/gone' does not exist in the registry with id '111122223333'";
  assert.deepEqual(JSON.parse(text), { errors: [{ code: "NAME_UNKNOWN", message }] });
});

test("repositoryOf reads a name with and without the registry's host", () => {
  const registry = { account: "111122223333", region: "us-east-1" };
  assert.deepEqual(repositoryOf("a/b", registry), {
    repositoryName: "a/b",
    registryId: "111122223333",
    region: "us-east-1",
  });
  assert.deepEqual(repositoryOf("444455556666.dkr.ecr.eu-west-1.amazonaws.com/a/b", registry), {
    repositoryName: "a/b",
    registryId: "444455556666",
    region: "eu-west-1",
  });
});
