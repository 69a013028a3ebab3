import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeSecrets, fakeSecretSource } from "./fake-source.ts";
import { resolveParameterStore } from "./parameter-store.ts";
import { type SecretRequest, secretKey } from "./secret.ts";

const account = "123456789012";
const arn = (path: string, owner = account) => `arn:aws:ssm:us-west-2:${owner}:parameter/${path}`;

function request(valueFrom: string, region = "us-west-2"): SecretRequest {
  return {
    container: "app",
    name: "NAME",
    valueFrom,
    region,
    provider: "ssm",
    type: "ENVIRONMENT_VARIABLE",
    target: "CONTAINER",
  };
}

/** Values, or texts of problems after `!`. */
async function resolve(requests: readonly SecretRequest[], parameter: FakeSecrets["parameter"]) {
  const source = fakeSecretSource(parameter && { parameter });
  const outcomes = await resolveParameterStore(requests, source, account);
  const results = requests.map((one) => {
    const outcome = outcomes.get(secretKey(one))!;
    return "value" in outcome ? outcome.value : `!${outcome.problem.text}`;
  });
  return { results, calls: source.parameterCalls };
}

const fetching = "!fetching secret data from SSM Parameter Store in us-west-2";

test("resolveParameterStore S1 reads two parameters in one call", async () => {
  const { results, calls } = await resolve([request("secret-name"), request("secret-name-2")], (name) => `of ${name}`);
  assert.deepEqual(results, ["of secret-name", "of secret-name-2"]);
  assert.deepEqual(calls, [{ region: "us-west-2", names: ["secret-name", "secret-name-2"] }]);
});

test("resolveParameterStore S2 reads one name in two regions", async () => {
  const requests = [request("secret-name"), request("secret-name", "us-east-1")];
  const { results, calls } = await resolve(requests, (_, region) => `in ${region}`);
  assert.deepEqual(results, ["in us-west-2", "in us-east-1"]);
  assert.deepEqual(calls, [
    { region: "us-west-2", names: ["secret-name"] },
    { region: "us-east-1", names: ["secret-name"] },
  ]);
});

test("resolveParameterStore S3 reads 12 parameters in batches of 10", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `secret-name-${index + 1}`);
  const { results, calls } = await resolve(
    names.map((name) => request(name)),
    (name) => name,
  );
  assert.deepEqual(results, names);
  assert.deepEqual(
    calls.map((call) => call.names),
    [names.slice(0, 10), names.slice(10)],
  );
});

test("resolveParameterStore S4 fails on an invalid parameter", async () => {
  const { results } = await resolve([request("secret-name")], () => undefined);
  assert.deepEqual(results, [`${fetching}: invalid parameters: secret-name`]);
});

test("resolveParameterStore names an ARN that is no parameter's, and asks for nothing with it", async () => {
  for (const arn of [
    "arn:aws:foo:us-west-2:111122223333:bar",
    "arn:aws:ssm:us-west-2:111122223333:document/x",
    "arn:",
  ]) {
    const { results, calls } = await resolve([request("a"), request(arn)], (name) => name);
    assert.deepEqual(results, Array(2).fill(`${fetching}: invalid parameters: ${arn}`));
    assert.deepEqual(calls, []);
  }
});

test("resolveParameterStore S6 and S8 fails a whole batch, and only that, on its invalid parameters", async () => {
  const names = ["a", "b", "c", "4", "5", "6", "7", "8", "9", "10", "valid"];
  const parameter = (name: string) => (name === "a" || name === "b" ? undefined : "v");
  const { results } = await resolve(
    names.map((name) => request(name)),
    parameter,
  );
  assert.deepEqual(results, [...Array(10).fill(`${fetching}: invalid parameters: a,b`), "v"]);
});

test("resolveParameterStore fails a batch that the service refuses", async () => {
  const $metadata = { httpStatusCode: 400, requestId: "id" };
  const denied = Object.assign(new Error("User: x is not authorized"), { name: "AccessDeniedException", $metadata });
  const { results } = await resolve([request("a"), request("b")], () => {
    throw denied;
  });
  const text = `${fetching}: operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: id, api error AccessDeniedException: User: x is not authorized`;
  assert.deepEqual(results, [text, text]);
});

test("resolveParameterStore asks for a name once that two references share", async () => {
  const { results, calls } = await resolve([request("foo"), request(arn("foo"))], () => "v");
  assert.deepEqual(results, ["v", "v"]);
  assert.deepEqual(calls[0]?.names, ["foo"]);
});

test("resolveParameterStore fails on a parameter that the answer leaves out", async () => {
  const { results } = await resolve([request("a"), request("b"), request("c")], (name) => (name === "c" ? "v" : null));
  assert.deepEqual(results, Array(3).fill(`${fetching}: response did not contain parameters: a,b`));
});

test("resolveParameterStore takes a parameter without value as empty", async () => {
  const { results } = await resolve([request("a")], (name) => ({ name }));
  assert.deepEqual(results, [""]);
});

/** What Parameter Store answers: the name and the selector apart, whatever was asked for. */
const store: FakeSecrets["parameter"] = (asked) => {
  const [, owner = account, path] = /^arn:aws:ssm:us-west-2:(\d+):parameter\/(.*)$/.exec(asked) ?? [];
  const [name = "", selector] = (path === undefined ? asked : path.includes("/") ? `/${path}` : path).split(":");
  return {
    name,
    arn: arn(name.replace(/^\//, ""), owner),
    value: `${owner} ${name} ${selector}`,
    ...(selector !== undefined && { selector: `:${selector}` }),
  };
};

const references: readonly (readonly [string, string, string])[] = [
  ["foo", "foo", `${account} foo undefined`],
  ["/a/b", "/a/b", `${account} /a/b undefined`],
  ["foo:3", "foo:3", `${account} foo 3`],
  ["/a/b:prod", "/a/b:prod", `${account} /a/b prod`],
  [arn("foo"), "foo", `${account} foo undefined`],
  [arn("a/b"), "/a/b", `${account} /a/b undefined`],
  [arn("a/b:prod"), "/a/b:prod", `${account} /a/b prod`],
  [arn("foo", "999999999999"), arn("foo", "999999999999"), "999999999999 foo undefined"],
  [arn("a/b:3", "999999999999"), arn("a/b:3", "999999999999"), "999999999999 /a/b 3"],
];

for (const [valueFrom, asked, expected] of references) {
  test(`resolveParameterStore S9 finds the answer to ${valueFrom}`, async () => {
    const { results, calls } = await resolve([request(valueFrom)], store);
    assert.deepEqual(results, [expected]);
    assert.deepEqual(calls[0]?.names, [asked]);
  });
}

test("resolveParameterStore finds all those answers in one call, in any order", async () => {
  const distinct = references.filter(
    ([, asked], index) => references.findIndex((other) => other[1] === asked) === index,
  );
  for (const chosen of [distinct, distinct.toReversed()]) {
    const { results, calls } = await resolve(
      chosen.map(([valueFrom]) => request(valueFrom)),
      store,
    );
    assert.deepEqual(
      results,
      chosen.map(([, , expected]) => expected),
    );
    assert.equal(calls.length, 1);
  }
});

const tolerated: readonly (readonly [string, string, object])[] = [
  ["a selector without colon", "foo:3", { selector: "3" }],
  ["no selector", "foo:3", {}],
  ["no ARN", arn("foo", "999999999999"), {}],
];

for (const [what, valueFrom, answer] of tolerated) {
  test(`resolveParameterStore finds an answer with ${what} to ${valueFrom}`, async () => {
    const { results } = await resolve([request(valueFrom)], () => ({ name: "foo", value: "v", ...answer }));
    assert.deepEqual(results, ["v"]);
  });
}

const refused: readonly (readonly [string, object])[] = [
  ["another version", { name: "foo", selector: ":2", value: "v" }],
  ["another parameter", { name: "fool", selector: ":3", value: "v" }],
];

for (const [what, answer] of refused) {
  test(`resolveParameterStore does not take ${what} for an answer`, async () => {
    const { results } = await resolve([request("foo:3")], () => answer as { name: string });
    assert.deepEqual(results, [`${fetching}: response did not contain parameters: foo:3`]);
  });
}
