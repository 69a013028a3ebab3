import assert from "node:assert/strict";
import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

const resource = { ResourceType: "Parameter", ResourceId: "/a/b" } as const;

testParameters("Tag operations need a parameter that is there", async ({ client, asked }) => {
  for (const ResourceId of ["/a/b", "a b", "a\u0000"]) {
    const missing = { ...resource, ResourceId };
    const message = "The resource ID is not valid. Verify that you entered the correct ID and try again.";
    await assertRefused(client.send(new ListTagsForResourceCommand(missing)), "InvalidResourceId", message);
    const added = new AddTagsToResourceCommand({ ...missing, Tags: [{ Key: "k", Value: "v" }] });
    await assertRefused(client.send(added), "InvalidResourceId", message);
    const removed = new RemoveTagsFromResourceCommand({ ...missing, TagKeys: ["k"] });
    await assertRefused(client.send(removed), "InvalidResourceId", message);
  }
  assert.deepEqual(
    asked.map(({ action, conditions }) => [action, conditions]),
    [
      ["ssm:ListTagsForResource", {}],
      ["ssm:AddTagsToResource", { "aws:RequestTag/k": "v", "aws:TagKeys": ["k"] }],
      ["ssm:RemoveTagsFromResource", { "aws:TagKeys": ["k"] }],
    ],
  );
  const document = { ResourceType: "Document", ResourceId: "d" } as const;
  await assertRefused(client.send(new ListTagsForResourceCommand(document)), "InvalidResourceType", /Document/);
});
