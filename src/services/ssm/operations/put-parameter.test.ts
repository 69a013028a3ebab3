import assert from "node:assert/strict";
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  type PutParameterCommandOutput,
  UpdateServiceSettingCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";

const string = { Type: "String", Value: "v" } as const;

testParameters("PutParameter makes version 1 and counts on when overwriting", async ({ client, clock }) => {
  assert.deepEqual(await versionOf(client.send(new PutParameterCommand({ Name: "/a/b", ...string }))), [1, "Standard"]);
  clock.advance(1000);
  const overwrite = new PutParameterCommand({ Name: " /a/b ", Value: "w", Overwrite: true });
  assert.deepEqual(await versionOf(client.send(overwrite)), [2, "Standard"]);
  const { Parameter } = await client.send(new GetParameterCommand({ Name: "/a/b" }));
  assert.deepEqual(
    { ...Parameter },
    {
      Name: "/a/b",
      Type: "String",
      Value: "w",
      Version: 2,
      LastModifiedDate: clock.now(),
      ARN: "arn:aws:ssm:us-east-1:111122223333:parameter/a/b",
      DataType: "text",
    },
  );
});

testParameters("PutParameter without overwrite refuses a name that is taken", async ({ client }) => {
  await client.send(new PutParameterCommand({ Name: "a", ...string }));
  await assertRefused(
    client.send(new PutParameterCommand({ Name: "a", ...string })),
    "ParameterAlreadyExists",
    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
  );
});

testParameters(
  "PutParameter keeps type, description and pattern, and takes the default key again",
  async ({ client }) => {
    const first = { Name: "a", Value: "100", Type: "SecureString", KeyId: "alias/own" } as const;
    await client.send(new PutParameterCommand({ ...first, AllowedPattern: "\\d{1,4}", Description: "limit" }));
    await client.send(new PutParameterCommand({ Name: "a", Value: "200", Overwrite: true }));
    const { Parameters } = await client.send(new DescribeParametersCommand({}));
    const [{ Type, Description, AllowedPattern, KeyId, LastModifiedUser } = {}] = Parameters ?? [];
    assert.deepEqual(
      { Type, Description, AllowedPattern, KeyId, LastModifiedUser },
      {
        Type: "SecureString",
        Description: "limit",
        AllowedPattern: "\\d{1,4}",
        KeyId: "alias/aws/ssm",
        LastModifiedUser: "arn:aws:iam::111122223333:root",
      },
    );
    await assertRefused(
      client.send(new PutParameterCommand({ Name: "a", Value: "10,000", Overwrite: true })),
      "ParameterPatternMismatchException",
      "Parameter value, cannot be validated against allowedPattern: \\d{1,4}",
    );
  },
);

testParameters("PutParameter cannot change the type", async ({ client }) => {
  await client.send(new PutParameterCommand({ Name: "a", ...string }));
  await assertRefused(
    client.send(new PutParameterCommand({ Name: "a", Value: "v", Type: "SecureString", Overwrite: true })),
    "HierarchyTypeMismatchException",
    /^Parameter Store doesn't support changing a parameter type/,
  );
});

const tiers = [
  [undefined, undefined, 4096, "Standard"],
  [undefined, "Intelligent-Tiering", 4096, "Standard"],
  [undefined, "Intelligent-Tiering", 4097, "Advanced"],
  [undefined, "Advanced", 1, "Advanced"],
  ["Standard", "Intelligent-Tiering", 4097, "Advanced"],
  ["Standard", "Advanced", 1, "Advanced"],
  ["Advanced", undefined, 8192, "Advanced"],
  ["Advanced", "Intelligent-Tiering", 1, "Advanced"],
  ["Advanced", "Standard", 1, /^This parameter uses the advanced-parameter tier\. You can't downgrade/],
] as const;

testParameters("PutParameter raises the tier and never lowers it", async ({ client }) => {
  for (const [index, [before, Tier, size, expected]] of tiers.entries()) {
    const Name = `/tier/${index}`;
    if (before) await client.send(new PutParameterCommand({ Name, ...string, Tier: before }));
    const put = client.send(
      new PutParameterCommand({ Name, Type: "String", Value: "v".repeat(size), Tier, Overwrite: true }),
    );
    if (typeof expected === "string") assert.equal((await put).Tier, expected);
    else await assertRefused(put, "ValidationException", expected);
  }
});

testParameters(
  "PutParameter asks for both actions where it also tags, and shows what is asked for",
  async ({ client, asked }) => {
    const Tags = [{ Key: "team", Value: "red" }];
    await client.send(new PutParameterCommand({ Name: "/a/b", ...string, Tags }));
    const resource = "arn:aws:ssm:us-east-1:111122223333:parameter/a/b";
    const tags = { "aws:ResourceTag/team": "red", "ssm:resourceTag/team": "red" };
    const tagged = { "aws:RequestTag/team": "red", "aws:TagKeys": ["team"], ...tags };
    const put = tagged;
    assert.deepEqual(asked, [
      { action: "ssm:PutParameter", resource, resourceAccount: "111122223333", conditions: put },
      { action: "ssm:AddTagsToResource", resource, resourceAccount: "111122223333", conditions: tagged },
    ]);
    asked.length = 0;
    await client.send(new PutParameterCommand({ Name: "/a/b", ...string, Overwrite: true }));
    assert.deepEqual(
      asked.map(({ action, conditions }) => [action, conditions]),
      [["ssm:PutParameter", { ...tags, "ssm:Overwrite": "true" }]],
    );
  },
);

testParameters("PutParameter asks whether a parameter with policies may be made or changed", async (setting) => {
  const { client, asked } = setting;
  const put = async (more: object) => {
    asked.length = 0;
    await client.send(new PutParameterCommand({ Name: "/a", ...string, Tier: "Advanced", Overwrite: true, ...more }));
    return asked[0]?.conditions?.["ssm:Policies"];
  };
  const Policies = JSON.stringify([
    { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "1", Unit: "Days" } },
  ]);
  assert.equal(await put({}), undefined);
  assert.equal(await put({ Policies }), "true");
  assert.equal(await put({}), "true");
  assert.equal(await put({ Policies: "[{}]" }), "true");
  assert.equal(await put({}), undefined);
});

testParameters("PutParameter says nothing of a parameter to whom it denies it", async ({ client, state }) => {
  await client.send(new PutParameterCommand({ Name: "a", ...string }));
  state.deny = ({ resource }) => `no to ${resource}`;
  for (const name of ["a", "b"]) {
    await assertRefused(
      client.send(new PutParameterCommand({ Name: name, ...string })),
      "AccessDeniedException",
      `no to arn:aws:ssm:us-east-1:111122223333:parameter/${name}`,
    );
  }
});

testParameters("PutParameter keeps 100 versions, and none goes that has a label", async ({ client }) => {
  const put = (count: number) =>
    client.send(new PutParameterCommand({ Name: "a", Type: "String", Value: `${count}`, Overwrite: true }));
  for (let count = 1; count <= 101; count++) await put(count);
  const first = await client.send(new GetParameterHistoryCommand({ Name: "a", MaxResults: 1 }));
  assert.equal(first.Parameters?.[0]?.Version, 2);
  await assertRefused(client.send(new GetParameterCommand({ Name: "a:1" })), "ParameterVersionNotFound");
  await client.send(new LabelParameterVersionCommand({ Name: "a", ParameterVersion: 2, Labels: ["keep"] }));
  await assertRefused(
    put(102),
    "ParameterMaxVersionLimitExceeded",
    "You attempted to create a new version of a by calling the PutParameter API with the overwrite flag. Version 2, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.",
  );
  const { Parameter } = await client.send(new GetParameterCommand({ Name: "a" }));
  assert.equal(Parameter?.Version, 101);
});

testParameters("PutParameter keeps accounts and regions apart", async ({ client, clientIn, state }) => {
  await client.send(new PutParameterCommand({ Name: "a", ...string }));
  await assertRefused(clientIn("eu-west-1").send(new GetParameterCommand({ Name: "a" })), "ParameterNotFound");
  state.principal = { ...state.principal, account: "444455556666" };
  await assertRefused(client.send(new GetParameterCommand({ Name: "a" })), "ParameterNotFound");
});

async function versionOf(put: Promise<PutParameterCommandOutput>) {
  const { Version, Tier } = await put;
  return [Version, Tier];
}

const tier = "/ssm/parameter-store/default-parameter-tier";

async function put({ client }: Setting, Name: string, Value: string, Tier?: "Standard"): Promise<string | undefined> {
  const input = { Name, Value, Type: "String", Overwrite: true, ...(Tier && { Tier }) } as const;
  return (await client.send(new PutParameterCommand(input))).Tier;
}

testParameters("The default tier is that of parameters which are put without one", async (setting) => {
  const { client } = setting;
  const large = "x".repeat(5000);
  await assertRefused(put(setting, "/large", large), "ValidationException", /Standard tier/);
  await client.send(new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Intelligent-Tiering" }));
  assert.equal(await put(setting, "/large", large), "Advanced");
  assert.equal(await put(setting, "/small", "x"), "Standard");
  await client.send(new UpdateServiceSettingCommand({ SettingId: tier, SettingValue: "Advanced" }));
  assert.equal(await put(setting, "/other", "x"), "Advanced");
  assert.equal(await put(setting, "/explicit", "x", "Standard"), "Standard");
  assert.equal(await put(setting, "/small", "x"), "Advanced");
});
