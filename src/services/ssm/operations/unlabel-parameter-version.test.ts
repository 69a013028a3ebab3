import assert from "node:assert/strict";
import { LabelParameterVersionCommand, PutParameterCommand, UnlabelParameterVersionCommand } from "@aws-sdk/client-ssm";
import { assertNotOutrun, fillVersions, labelsOf, type Setting, testParameters } from "../ssm.fixture.ts";

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

testParameters("UnlabelParameterVersion is refused for a parameter that is not the authorised one", async (setting) => {
  const { client } = setting;
  const put = new PutParameterCommand({ Name: "/a", Type: "String", Value: "v", Overwrite: true });
  await client.send(put);
  await assertNotOutrun(setting, "UnlabelParameterVersion", () =>
    client.send(new UnlabelParameterVersionCommand({ Name: "/a", ParameterVersion: 1, Labels: ["prod"] })),
  );
});
