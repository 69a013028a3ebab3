import assert from "node:assert/strict";
import { LabelParameterVersionCommand, PutParameterCommand, UnlabelParameterVersionCommand } from "@aws-sdk/client-ssm";
import { isLabel } from "../parameters/labels.ts";
import {
  assertNotOutrun,
  assertRefused,
  fillVersions,
  labelsOf,
  type Setting,
  testParameters,
} from "../ssm.fixture.ts";

function label({ client }: Setting, ParameterVersion: number | undefined, ...Labels: string[]) {
  return client.send(new LabelParameterVersionCommand({ Name: "a", ParameterVersion, Labels }));
}

function unlabel({ client }: Setting, ParameterVersion: number, ...Labels: string[]) {
  return client.send(new UnlabelParameterVersionCommand({ Name: "a", ParameterVersion, Labels }));
}

testParameters("LabelParameterVersion moves labels and labels the newest version by itself", async (setting) => {
  await fillVersions(setting);
  assert.equal((await label(setting, undefined, "prod", "test")).ParameterVersion, 3);
  assert.equal((await label(setting, 1, "prod")).ParameterVersion, 1);
  assert.deepEqual(await labelsOf(setting), [["prod"], [], ["test"]]);
  await label(setting, 1, "prod", "test");
  assert.deepEqual(await labelsOf(setting), [["prod", "test"], [], []]);
});

testParameters("LabelParameterVersion lists labels that are none, and attaches the others", async (setting) => {
  await fillVersions(setting);
  const { InvalidLabels } = await label(setting, 1, "1a", "a.b-c_D", "AwsX", "ssm", "a b");
  assert.deepEqual(InvalidLabels, ["1a", "AwsX", "ssm", "a b"]);
  assert.deepEqual(await labelsOf(setting), [["a.b-c_D"], [], []]);
  assert.ok(!isLabel("") && isLabel("x".repeat(100)) && !isLabel("x".repeat(101)));
});

testParameters("LabelParameterVersion attaches at most 10 labels, and then none", async (setting) => {
  await fillVersions(setting);
  const ten = Array.from({ length: 10 }, (_, index) => `l${index}`);
  await label(setting, 1, ...ten);
  await label(setting, 1, ...ten);
  await assertRefused(
    label(setting, 1, "more"),
    "ParameterVersionLabelLimitExceeded",
    "A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.",
  );
  assert.deepEqual(await labelsOf(setting), [ten, [], []]);
});

testParameters("LabelParameterVersion and UnlabelParameterVersion need the version", async (setting) => {
  await fillVersions(setting);
  const message = "Systems Manager could not find version 4 of a. Verify the version and try again.";
  await assertRefused(label(setting, 4, "x"), "ParameterVersionNotFound", message);
  await assertRefused(unlabel(setting, 4, "x"), "ParameterVersionNotFound", message);
  const other = { Name: "b", ParameterVersion: 1, Labels: ["x"] };
  await assertRefused(setting.client.send(new LabelParameterVersionCommand(other)), "ParameterNotFound");
  await assertRefused(setting.client.send(new UnlabelParameterVersionCommand(other)), "ParameterNotFound");
});

testParameters("LabelParameterVersion labels the version that was authorised, or is refused", async (setting) => {
  const { client, onceAuthorised } = setting;
  const put = new PutParameterCommand({ Name: "/a", Type: "String", Value: "v", Overwrite: true });
  const labelIt = (ParameterVersion?: number) =>
    client.send(new LabelParameterVersionCommand({ Name: "/a", ParameterVersion, Labels: ["prod"] }));
  await client.send(put);
  await assertNotOutrun(setting, "LabelParameterVersion", () => labelIt(1));
  onceAuthorised("ssm:LabelParameterVersion", () => client.send(put));
  assert.equal((await labelIt()).ParameterVersion, 1);
});
