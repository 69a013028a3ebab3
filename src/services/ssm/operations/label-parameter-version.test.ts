import assert from "node:assert/strict";
import {
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  paginateGetParameterHistory,
  UnlabelParameterVersionCommand,
} from "@aws-sdk/client-ssm";
import { isLabel } from "../parameters/labels.ts";
import { assertRefused, type Setting, testParameters } from "../ssm.fixture.ts";

async function fill({ client }: Setting, versions = 3): Promise<void> {
  for (let count = 1; count <= versions; count++) {
    await client.send(new PutParameterCommand({ Name: "a", Type: "String", Value: `${count}`, Overwrite: true }));
  }
}

function label({ client }: Setting, ParameterVersion: number | undefined, ...Labels: string[]) {
  return client.send(new LabelParameterVersionCommand({ Name: "a", ParameterVersion, Labels }));
}

function unlabel({ client }: Setting, ParameterVersion: number, ...Labels: string[]) {
  return client.send(new UnlabelParameterVersionCommand({ Name: "a", ParameterVersion, Labels }));
}

async function labels({ client }: Setting) {
  const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name: "a" }));
  return Parameters?.map(({ Labels }) => Labels);
}

testParameters("LabelParameterVersion moves labels and labels the newest version by itself", async (setting) => {
  await fill(setting);
  assert.equal((await label(setting, undefined, "prod", "test")).ParameterVersion, 3);
  assert.equal((await label(setting, 1, "prod")).ParameterVersion, 1);
  assert.deepEqual(await labels(setting), [["prod"], [], ["test"]]);
  await label(setting, 1, "prod", "test");
  assert.deepEqual(await labels(setting), [["prod", "test"], [], []]);
});

testParameters("LabelParameterVersion lists labels that are none, and attaches the others", async (setting) => {
  await fill(setting);
  const { InvalidLabels } = await label(setting, 1, "1a", "a.b-c_D", "AwsX", "ssm", "a b");
  assert.deepEqual(InvalidLabels, ["1a", "AwsX", "ssm", "a b"]);
  assert.deepEqual(await labels(setting), [["a.b-c_D"], [], []]);
  assert.ok(!isLabel("") && isLabel("x".repeat(100)) && !isLabel("x".repeat(101)));
});

testParameters("LabelParameterVersion attaches at most 10 labels, and then none", async (setting) => {
  await fill(setting);
  const ten = Array.from({ length: 10 }, (_, index) => `l${index}`);
  await label(setting, 1, ...ten);
  await label(setting, 1, ...ten);
  await assertRefused(
    label(setting, 1, "more"),
    "ParameterVersionLabelLimitExceeded",
    "A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.",
  );
  assert.deepEqual(await labels(setting), [ten, [], []]);
});

testParameters("LabelParameterVersion and UnlabelParameterVersion need the version", async (setting) => {
  await fill(setting);
  const message = "Systems Manager could not find version 4 of a. Verify the version and try again.";
  await assertRefused(label(setting, 4, "x"), "ParameterVersionNotFound", message);
  await assertRefused(unlabel(setting, 4, "x"), "ParameterVersionNotFound", message);
  const other = { Name: "b", ParameterVersion: 1, Labels: ["x"] };
  await assertRefused(setting.client.send(new LabelParameterVersionCommand(other)), "ParameterNotFound");
  await assertRefused(setting.client.send(new UnlabelParameterVersionCommand(other)), "ParameterNotFound");
});

testParameters("UnlabelParameterVersion removes what is attached and lists the rest", async (setting) => {
  await fill(setting);
  await label(setting, 2, "prod", "test");
  await label(setting, 3, "next");
  const { RemovedLabels, InvalidLabels } = await unlabel(setting, 2, "prod", "next", "none");
  assert.deepEqual([RemovedLabels, InvalidLabels], [["prod"], ["next", "none"]]);
  assert.deepEqual(await labels(setting), [[], ["test"], ["next"]]);
});

testParameters("GetParameterHistory shows every version, the oldest first, in pages", async (setting) => {
  await fill(setting, 5);
  const found: unknown[] = [];
  for await (const page of paginateGetParameterHistory({ client: setting.client }, { Name: "a", MaxResults: 2 })) {
    found.push(page.Parameters?.map(({ Version, Value }) => [Version, Value]));
  }
  assert.deepEqual(found, [
    [
      [1, "1"],
      [2, "2"],
    ],
    [
      [3, "3"],
      [4, "4"],
    ],
    [[5, "5"]],
  ]);
  const history = (Name: string, NextToken?: string) =>
    setting.client.send(new GetParameterHistoryCommand({ Name, NextToken }));
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
  assert.equal((await history(arn)).Parameters?.length, 5);
  await assertRefused(history("a", "x"), "InvalidNextToken");
  await assertRefused(history("b"), "ParameterNotFound");
  await assertRefused(history("a:1"), "ValidationException", /^Parameter name/);
});
