import assert from "node:assert/strict";
import { ListTagsForResourceCommand, PutParameterCommand, RemoveTagsFromResourceCommand } from "@aws-sdk/client-ssm";
import { assertNotOutrun, assertRefused, testParameters } from "../ssm.fixture.ts";

const resource = { ResourceType: "Parameter", ResourceId: "/a" } as const;

testParameters("RemoveTagsFromResource removes the tags of these keys", async ({ client, asked }) => {
  const Tags = ["a", "b"].map((Key) => ({ Key, Value: "v" }));
  await client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value: "v", Tags }));
  await client.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ["a", "none"] }));
  assert.deepEqual(asked.at(-1)?.conditions, {
    "aws:TagKeys": ["a", "none"],
    ...{ "aws:ResourceTag/a": "v", "aws:ResourceTag/b": "v", "ssm:resourceTag/a": "v", "ssm:resourceTag/b": "v" },
  });
  assert.deepEqual((await client.send(new ListTagsForResourceCommand(resource))).TagList, [Tags[1]]);
});

testParameters(
  "RemoveTagsFromResource refuses a missing parameter, and one that was changed meanwhile",
  async (setting) => {
    const { client } = setting;
    const remove = () => client.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ["team"] }));
    await assertRefused(remove(), "InvalidResourceId");
    await client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value: "v" }));
    await assertNotOutrun(setting, "RemoveTagsFromResource", remove);
  },
);
