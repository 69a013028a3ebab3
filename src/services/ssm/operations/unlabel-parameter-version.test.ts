import assert from "node:assert/strict";
import { LabelParameterVersionCommand, UnlabelParameterVersionCommand } from "@aws-sdk/client-ssm";
import { fillVersions, labelsOf, type Setting, testParameters } from "../ssm.fixture.ts";

function label({ client }: Setting, ParameterVersion: number | undefined, ...Labels: string[]) {
  return client.send(new LabelParameterVersionCommand({ Name: "a", ParameterVersion, Labels }));
}

function unlabel({ client }: Setting, ParameterVersion: number, ...Labels: string[]) {
  return client.send(new UnlabelParameterVersionCommand({ Name: "a", ParameterVersion, Labels }));
}

testParameters("UnlabelParameterVersion removes what is attached and lists the rest", async (setting) => {
  await fillVersions(setting);
  await label(setting, 2, "prod", "test");
  await label(setting, 3, "next");
  const { RemovedLabels, InvalidLabels } = await unlabel(setting, 2, "prod", "next", "none");
  assert.deepEqual([RemovedLabels, InvalidLabels], [["prod"], ["next", "none"]]);
  assert.deepEqual(await labelsOf(setting), [[], ["test"], ["next"]]);
});
