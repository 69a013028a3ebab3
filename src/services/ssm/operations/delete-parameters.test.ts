import assert from "node:assert/strict";
import { DeleteParametersCommand, DescribeParametersCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { assertRefused, replaceParameter, testParameters } from "../ssm.fixture.ts";

const string = { Type: "String", Value: "v" } as const;

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

testParameters("DeleteParameters leaves a parameter that is not the authorised one", async (setting) => {
  const { client, onceAuthorised } = setting;
  for (const Name of ["/a", "/b"]) await client.send(new PutParameterCommand({ Name, ...string }));
  onceAuthorised("ssm:DeleteParameters", () => replaceParameter(setting));
  const deleted = await client.send(new DeleteParametersCommand({ Names: ["/a", "/b"] }));
  assert.deepEqual([deleted.DeletedParameters, deleted.InvalidParameters], [["/b"], ["/a"]]);
  const { Parameters } = await client.send(new DescribeParametersCommand({}));
  assert.deepEqual(
    Parameters?.map(({ Name }) => Name),
    ["/a"],
  );
});
