import assert from "node:assert/strict";
import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

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

testParameters("DeleteParameters deletes what is there and lists the rest", async ({ client }) => {
  for (const Name of ["/a/b", "c", "d"]) await client.send(new PutParameterCommand({ Name, ...string }));
  const command = new DeleteParametersCommand({ Names: ["d", "none", "/a/b", "d"] });
  const { DeletedParameters, InvalidParameters } = await client.send(command);
  assert.deepEqual([DeletedParameters, InvalidParameters], [["d", "/a/b"], ["none"]]);
  const { Parameters } = await client.send(new DescribeParametersCommand({}));
  assert.deepEqual(
    Parameters?.map(({ Name }) => Name),
    ["c"],
  );
});

testParameters("DeleteParameters deletes nothing where one name is denied", async ({ client, state, asked }) => {
  for (const Name of ["a", "b"]) await client.send(new PutParameterCommand({ Name, ...string }));
  asked.length = 0;
  state.deny = ({ resource }) => (resource.endsWith("/b") ? "no" : undefined);
  await assertRefused(client.send(new DeleteParametersCommand({ Names: ["a", "b"] })), "AccessDeniedException", "no");
  assert.deepEqual(
    asked.map(({ action, resource }) => [action, resource.split("/")[1]]),
    [
      ["ssm:DeleteParameters", "a"],
      ["ssm:DeleteParameters", "b"],
    ],
  );
  const { Parameters } = await client.send(new DescribeParametersCommand({}));
  assert.equal(Parameters?.length, 2);
});

testParameters("DeleteParameter takes a name only", async ({ client }) => {
  await client.send(new PutParameterCommand({ Name: "a", ...string }));
  for (const Name of ["arn:aws:ssm:us-east-1:111122223333:parameter/a", "a:1", "a b"]) {
    await assertRefused(client.send(new DeleteParameterCommand({ Name })), "ValidationException", /^Parameter name/);
  }
});
