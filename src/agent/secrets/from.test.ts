import assert from "node:assert/strict";
import { test } from "node:test";
import { expand } from "./expand.ts";
import { fakeSecretSource } from "./fake-source.ts";
import { type FromPlan, planFrom, variableOf } from "./from.ts";
import { resolveSecrets } from "./resolve.ts";

const db = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-a1B2c3";
const app = "arn:aws:ssm:us-east-1:111122223333:parameter/app/prod";

function container(labels: Record<string, string>, secretPins?: Record<string, readonly string[]>) {
  const dockerConfig = { config: JSON.stringify({ Labels: labels }), hostConfig: "{}", version: "1.25" };
  return { name: "web", dockerConfig, ...(secretPins && { secretPins }) };
}

const plan = (labels: Record<string, string>, pins?: Record<string, readonly string[]>) => {
  const found = planFrom(container(labels, pins));
  assert(found && !("problem" in found));
  return found;
};

const problems: readonly (readonly [labels: Record<string, string>, said: string])[] = [
  [{ "sealift.secrets.from": "db" }, 'from" of container "web" has "db", which is no ARN of a secret or of a path'],
  [{ "sealift.secrets.from": `${db},` }, 'has "", which is no ARN'],
  [{ "sealift.secrets.from": `${db}:password::` }, "which is one key of a secret"],
  [{ "sealift.secrets.from": `${db}:x` }, "an invalid ARN format for the AWS Secrets Manager secret was specified"],
  [{ "sealift.secrets.from": `${app}:3` }, "a path has no version and no label"],
  [{ "sealift.secrets.from": db, "sealift.secrets.case": "lower" }, 'is neither upper nor keep: "lower"'],
  [{ "sealift.secrets.from": db, "sealift.secrets.prefix": "9_" }, 'begins no variable name: "9_"'],
  [{ "sealift.secrets.case": "upper" }, 'means nothing without the label "sealift.secrets.from"'],
];
for (const [labels, said] of problems) {
  test(`planFrom refuses ${JSON.stringify(labels)}`, () => {
    const found = planFrom(container(labels));
    assert(found && "problem" in found);
    assert.ok(found.problem.includes(said), found.problem);
  });
}

test("planFrom reads secrets and paths, and finds nothing without labels", () => {
  assert.equal(planFrom(container({})), undefined);
  const { sources } = plan({ "sealift.secrets.from": `${db}, ${app}/,${db}::AWSPREVIOUS:` });
  assert.deepEqual(
    sources.map(({ request: { provider, region, valueFrom } }) => [provider, region, valueFrom]),
    [
      ["asm", "us-east-1", db],
      ["ssm-path", "us-east-1", "/app/prod"],
      ["asm", "us-east-1", `${db}::AWSPREVIOUS:`],
    ],
  );
});

test("variableOf maps slashes, dots and hyphens, and leaves the rest alone", () => {
  const upper = { prefix: "DB_", isUpper: true };
  assert.equal(variableOf("primary/pass-word.txt", upper), "DB_PRIMARY_PASS_WORD_TXT");
  assert.equal(variableOf("passWord", { prefix: "", isUpper: false }), "passWord");
  for (const key of ["a b", "é", "", "=x"]) assert.equal(variableOf(key, { prefix: "", isUpper: false }), undefined);
  assert.equal(variableOf("9", { prefix: "", isUpper: false }), undefined);
  assert.equal(variableOf("9", { prefix: "N", isUpper: false }), "N9");
});

async function variables(made: FromPlan, source = fakeSecretSource(), taken: readonly string[] = []) {
  const requests = made.sources.map(({ request }) => request);
  const resolved = await resolveSecrets(requests, source, { launchType: "EC2", account: "111122223333" });
  if (resolved.outcome === "failed") return resolved.reason;
  const found = expand("web", made, resolved, new Set(taken));
  return "problem" in found
    ? found.problem
    : Object.fromEntries(found.map(({ request, value }) => [request.name, value]));
}

test("Every key of a secret and every parameter below a path is a variable, read once", async () => {
  const source = fakeSecretSource({
    secret: () => '{"user":"u","port":5432,"tls":true,"pass-word":"p"}',
    below: () => [
      { name: "/app/prod/key", value: "k" },
      { name: "/app/prod/deep/er", value: "d" },
    ],
  });
  const made = plan({ "sealift.secrets.from": `${db},${app}`, "sealift.secrets.case": "upper" });
  const expected = { USER: "u", PORT: "5432", TLS: "true", PASS_WORD: "p", KEY: "k", DEEP_ER: "d" };
  assert.deepEqual(await variables(made, source), expected);
  assert.deepEqual([source.secretCalls.length, source.pathCalls.length], [1, 1]);
  const { USER: _, ...others } = expected;
  assert.deepEqual(await variables(made, source, ["USER"]), others);
});

test("What gives no variables fails, and no value is quoted", async () => {
  const only = plan({ "sealift.secrets.from": db });
  const said = async (secret: string | undefined) =>
    String(await variables(only, fakeSecretSource({ secret: () => secret })));
  assert.match(await said('["canary"]'), /is no JSON object: json: cannot unmarshal array/);
  assert.match(await said("canary"), /is no JSON object: invalid character 'c'/);
  assert.match(await said('{"a b":"canary"}'), /has the key "a b", which gives no variable name$/);
  assert.match(
    await said('{"a-b":"canary","a.b":"canary"}'),
    /the key "a-b" of .* and the key "a.b" of .* are both the variable a_b$/,
  );
  assert.equal((await said('{"a b":"canary"}')).includes("canary"), false);
  const path = plan({ "sealift.secrets.from": app });
  assert.match(String(await variables(path)), /parameter\/app\/prod has no parameter below it$/);
});

test("A path of another account fails, and its namesake in the task's own account is not read", async () => {
  const source = fakeSecretSource({ below: () => [{ name: "/app/prod/key", value: "canary" }] });
  const other = plan({ "sealift.secrets.from": app.replace("111122223333", "444455556666") });
  const reason = String(await variables(other, source));
  assert.match(
    reason,
    /the parameters below \/app\/prod belong to account 444455556666, and only those of the task's own/,
  );
  assert.deepEqual([source.pathCalls.length, reason.includes("canary")], [0, false]);
});

test("A pinned secret is read in its version, a pinned path parameter by parameter", async () => {
  const pins = { [db]: [`${db}:::v1`], [app]: [`${app}/key:3`, `${app}/deep/er:1`] };
  const source = fakeSecretSource({
    secret: ({ versionId }) => JSON.stringify({ user: versionId }),
    parameter: (name) => ({ name: name.split(":")[0]!, value: name, selector: `:${name.split(":")[1]}` }),
  });
  assert.deepEqual(await variables(plan({ "sealift.secrets.from": `${db},${app}` }, pins), source), {
    user: "v1",
    key: "/app/prod/key:3",
    deep_er: "/app/prod/deep/er:1",
  });
  assert.equal(source.pathCalls.length, 0);
});

test("A path that takes several answers is read until two readings agree", async () => {
  let reading = 0;
  const parameters = (version: string) =>
    Array.from({ length: 11 }, (_, index) => {
      const name = `/app/prod/p${index}`;
      return { name, value: version, read: { arn: name, version } };
    });
  const changing = fakeSecretSource({ below: () => parameters(String(Math.min(++reading, 3))) });
  const made = plan({ "sealift.secrets.from": app });
  const found = (await variables(made, changing)) as Record<string, string>;
  assert.equal(found.p10, "3");
  assert.equal(changing.pathCalls.length, 4);
  const restless = fakeSecretSource({ below: () => parameters(String(++reading)) });
  assert.match(String(await variables(made, restless)), /the parameters below \/app\/prod change all the time/);
});
