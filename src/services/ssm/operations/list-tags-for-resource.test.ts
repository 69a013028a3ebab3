import assert from "node:assert/strict";
import { ListTagsForResourceCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { assertRefused, tagParameter, testParameters } from "../ssm.fixture.ts";

const resource = { ResourceType: "Parameter", ResourceId: "/a" } as const;

testParameters("ListTagsForResource shows the tags that were authorised", async (setting) => {
  const { client, onceAuthorised } = setting;
  const Tags = [{ Key: "k", Value: "v" }];
  await client.send(new PutParameterCommand({ Name: "/a", Type: "String", Value: "v", Tags }));
  onceAuthorised("ssm:ListTagsForResource", () => tagParameter(setting));
  assert.deepEqual((await client.send(new ListTagsForResourceCommand(resource))).TagList, Tags);
  const { TagList } = await client.send(new ListTagsForResourceCommand(resource));
  assert.deepEqual(TagList, [...Tags, { Key: "team", Value: "red" }]);
});

testParameters("ListTagsForResource refuses a missing parameter and other resources", async ({ client }) => {
  await assertRefused(client.send(new ListTagsForResourceCommand(resource)), "InvalidResourceId");
  const document = { ResourceType: "Document", ResourceId: "d" } as const;
  await assertRefused(client.send(new ListTagsForResourceCommand(document)), "InvalidResourceType");
});
