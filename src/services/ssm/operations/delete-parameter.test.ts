import assert from "node:assert/strict";
import {
  DeleteParameterCommand,
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { assertNotOutrun, assertRefused, testParameters } from "../ssm.fixture.ts";

const string = { Type: "String", Value: "v" } as const;

testParameters("DeleteParameter leaves nothing to a new parameter of the name", async ({ client }) => {
  await client.send(new PutParameterCommand({ Name: "a", ...string, Tags: [{ Key: "k", Value: "v" }] }));
  await client.send(new PutParameterCommand({ Name: "a", ...string, Overwrite: true, Description: "old" }));
  await client.send(new LabelParameterVersionCommand({ Name: "a", ParameterVersion: 1, Labels: ["prod"] }));
  await client.send(new DeleteParameterCommand({ Name: "a" }));
  await assertRefused(client.send(new DeleteParameterCommand({ Name: "a" })), "ParameterNotFound");
  const { Version } = await client.send(new PutParameterCommand({ Name: "a", ...string, Type: "StringList" }));
  assert.equal(Version, 1);
  const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name: "a" }));
  assert.deepEqual(
    Parameters?.map(({ Labels, Description }) => [Labels, Description]),
    [[[], undefined]],
  );
  const tags = await client.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: "a" }));
  assert.deepEqual(tags.TagList, []);
});

testParameters("DeleteParameter takes a name only", async ({ client }) => {
  await client.send(new PutParameterCommand({ Name: "a", ...string }));
  for (const Name of ["arn:aws:ssm:us-east-1:111122223333:parameter/a", "a:1", "a b"]) {
    await assertRefused(client.send(new DeleteParameterCommand({ Name })), "ValidationException", /^Parameter name/);
  }
});

testParameters("DeleteParameter deletes the parameter that was authorised, or is refused", async (setting) => {
  const { client, onceAuthorised } = setting;
  const put = (Value: string) =>
    client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value, Overwrite: true }));
  const remove = () => client.send(new DeleteParameterCommand({ Name: "/a" }));
  await put("one");
  await assertNotOutrun(setting, "DeleteParameter", remove);
  onceAuthorised("ssm:DeleteParameter", () => remove());
  await assertRefused(remove(), "ParameterNotFound");
  await put("one");
  onceAuthorised("ssm:DeleteParameter", () => put("two"));
  await remove();
  await assertRefused(remove(), "ParameterNotFound");
});
