import assert from "node:assert/strict";
import { CreateSecretCommand, DeleteSecretCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, fill, replaceParameter, testParameters } from "../ssm.fixture.ts";

const arn = "arn:aws:ssm:us-east-1:111122223333:parameter";

const selected = [
  ["/a/b", "/a/b", "three", undefined],
  [" /a/b ", "/a/b", "three", undefined],
  ["/a/b:1", "/a/b", "one", ":1"],
  ["/a/b:3", "/a/b", "three", ":3"],
  ["/a/b:prod", "/a/b", "two", ":prod"],
  [`${arn}/a/b`, "/a/b", "three", undefined],
  [`${arn}/a/b:prod`, "/a/b", "two", ":prod"],
  [`${arn}/c`, "c", "sea", undefined],
  [`${arn}/c:1`, "c", "sea", ":1"],
] as const;

testParameters("GetParameter finds by name, version, label and ARN", async (setting) => {
  await fill(setting);
  for (const [asked, name, value, selector] of selected) {
    const { Parameter } = await setting.client.send(new GetParameterCommand({ Name: asked }));
    assert.deepEqual([Parameter?.Name, Parameter?.Value, Parameter?.Selector], [name, value, selector], asked);
  }
});

const syntax =
  "Invalid parameter name. Please use correct syntax for referencing a version/label  <name>:<version/label>";

const missing = [
  ["/a/c", "ParameterNotFound", undefined],
  ["b", "ParameterNotFound", undefined],
  ["/A/b", "ParameterNotFound", undefined],
  ["/aws/service/a", "ParameterNotFound", undefined],
  ["/a/c:1", "ParameterNotFound", undefined],
  ["arn:aws:ssm:us-east-1:444455556666:parameter/c", "ParameterNotFound", undefined],
  ["arn:aws:ssm:eu-west-1:111122223333:parameter/c", "ParameterNotFound", undefined],
  [
    "/a/b:4",
    "ParameterVersionNotFound",
    "Systems Manager could not find version 4 of /a/b. Verify the version and try again.",
  ],
  ["/a/b:test", "ParameterVersionNotFound", /version test of \/a\/b/],
  ["/a/b:", "ValidationException", syntax],
  ["/a/b:1:2", "ValidationException", syntax],
  ["/a/c::", "ValidationException", syntax],
  ["/a/b:\u0000", "ParameterVersionNotFound", undefined],
  ["/a/b:99999999999999999999", "ParameterVersionNotFound", undefined],
  ["a/b", "ValidationException", /^Parameter name: can't be prefixed with "ssm"/],
  ["a b", "ValidationException", /^Parameter name: can't be prefixed with "ssm"/],
  ["/", "ValidationException", /^Parameter name/],
  ["arn:aws:sqs:us-east-1:111122223333:queue", "ValidationException", /^Parameter name/],
  ["arn:aws:ssm:us-east-1:111122223333:document/a", "ValidationException", /^Parameter name/],
] as const;

testParameters("GetParameter says what is not there", async (setting) => {
  await fill(setting);
  for (const [Name, name, message] of missing) {
    await assertRefused(setting.client.send(new GetParameterCommand({ Name })), name, message).catch((cause) =>
      assert.fail(`${Name}: ${cause}`),
    );
  }
});

testParameters(
  "GetParameter denies before it says what there is, by the parameter's tags",
  async ({ client, state, asked }) => {
    const Tags = [{ Key: "team", Value: "red" }];
    await client.send(new PutParameterCommand({ Name: "/a/b", Type: "String", Value: "v", Tags }));
    state.deny = ({ resource }) => `no to ${resource}`;
    asked.length = 0;
    for (const Name of ["/a/b:prod", `${arn}/a/b`, "/a/c"]) {
      await assertRefused(client.send(new GetParameterCommand({ Name })), "AccessDeniedException", /^no to/);
    }
    const conditions = { "aws:ResourceTag/team": "red", "ssm:resourceTag/team": "red" };
    const access = { action: "ssm:GetParameter", resourceAccount: "111122223333" };
    assert.deepEqual(asked, [
      { ...access, resource: `${arn}/a/b`, conditions },
      { ...access, resource: `${arn}/a/b`, conditions },
      { ...access, resource: `${arn}/a/c`, conditions: {} },
    ]);
  },
);

testParameters("GetParameter of another account's ARN asks for that account's resource", async ({ client, asked }) => {
  const Name = "arn:aws:ssm:us-east-1:444455556666:parameter/a";
  await assertRefused(client.send(new GetParameterCommand({ Name })), "ParameterNotFound");
  assert.deepEqual(
    asked.map(({ resource, resourceAccount }) => [resource, resourceAccount]),
    [[Name, "444455556666"]],
  );
});

testParameters(
  "no parameter is found by an ARN of another partition, which a policy's deny would not name",
  async (setting) => {
    await fill(setting);
    const other = `${arn.replace("arn:aws:", "arn:aws-cn:")}/a/b`;
    await assertRefused(setting.client.send(new GetParameterCommand({ Name: other })), "ValidationException");
    await assertRefused(setting.client.send(new GetParametersCommand({ Names: ["c", other] })), "ValidationException");
  },
);

testParameters("GetParameter reads the database once", async (setting) => {
  await fill(setting);
  const { client, store } = setting;
  const { parameters, versions } = store;
  const { find } = parameters;
  const { find: findVersion } = versions;
  let reads = 0;
  parameters.find = (...values) => {
    reads++;
    return find(...values);
  };
  versions.find = (...values) => {
    reads++;
    return findVersion(...values);
  };
  await client.send(new GetParameterCommand({ Name: "/a/b" }));
  assert.equal(reads, 1);
  await client.send(new GetParametersCommand({ Names: ["/a/b", "c", "d"] }));
  assert.equal(reads, 2);
});

testParameters("GetParameter reads what was authorised", async (setting) => {
  const { client, onceAuthorised } = setting;
  const put = (Value: string) =>
    client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value, Overwrite: true }));
  await put("one");
  await put("two");
  const get = async (Name: string) => (await client.send(new GetParameterCommand({ Name }))).Parameter?.Value;
  onceAuthorised("ssm:GetParameter", () => put("three"));
  assert.equal(await get("/a"), "two");
  for (const [name, value] of [
    ["/a", "three"],
    ["/a:1", "one"],
  ] as const) {
    onceAuthorised("ssm:GetParameter", () => replaceParameter(setting));
    assert.equal(await get(name), value);
    await client.send(new DeleteParameterCommand({ Name: "/a" }));
    for (const before of ["one", "two", "three"]) await put(before);
  }
  onceAuthorised("ssm:GetParameter", () => put("late"));
  await client.send(new DeleteParameterCommand({ Name: "/a" }));
  await assertRefused(get("/a"), "ParameterNotFound");
});

testParameters("GetParameter reads the secret that was authorised", async ({ client, secrets, onceAuthorised }) => {
  await secrets.send(new CreateSecretCommand({ Name: "db", SecretString: "first" }));
  const Name = "/aws/reference/secretsmanager/db";
  const get = async () => (await client.send(new GetParameterCommand({ Name, WithDecryption: true }))).Parameter;
  const before = await get();
  const put = new PutSecretValueCommand({ SecretId: "db", SecretString: "second" });
  onceAuthorised("secretsmanager:GetSecretValue", () => secrets.send(put));
  assert.deepEqual(await get(), before);
  assert.equal((await get())?.Value, "second");
  onceAuthorised("secretsmanager:GetSecretValue", async () => {
    await secrets.send(new DeleteSecretCommand({ SecretId: "db", ForceDeleteWithoutRecovery: true }));
    await secrets.send(new CreateSecretCommand({ Name: "db", SecretString: "another secret" }));
  });
  const { Value, ARN } = (await get()) ?? {};
  assert.deepEqual([Value, ARN], ["second", before?.ARN]);
});
