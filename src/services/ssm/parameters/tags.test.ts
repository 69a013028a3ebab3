import assert from "node:assert/strict";
import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

const resource = { ResourceType: "Parameter", ResourceId: "/a/b" } as const;
const parameter = { Name: "/a/b", Type: "String", Value: "v" } as const;

testParameters("Tags are added, replaced and removed, and survive a new version", async ({ client }) => {
  await client.send(new PutParameterCommand({ ...parameter, Tags: [{ Key: "a", Value: "1" }] }));
  const Tags = [
    { Key: "a", Value: "2" },
    { Key: "b", Value: "" },
    { Key: "ü.:/=+-@_ ", Value: "ö" },
  ];
  await client.send(new AddTagsToResourceCommand({ ...resource, Tags }));
  await client.send(new PutParameterCommand({ ...parameter, Overwrite: true }));
  const list = async () => (await client.send(new ListTagsForResourceCommand(resource))).TagList;
  assert.deepEqual(await list(), Tags);
  await client.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ["b", "none"] }));
  assert.deepEqual(await list(), [Tags[0], Tags[2]]);
});

testParameters("A parameter has at most 50 tags, none of them AWS's", async ({ client }) => {
  const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
  await client.send(new PutParameterCommand({ ...parameter, Tags: tags(50) }));
  const add = (Key: string) => client.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key, Value: "v" }] }));
  await add("k1");
  await assertRefused(add("more"), "TooManyTagsError");
  await assertRefused(add("AWS:x"), "ValidationException", /aws: prefixed/);
  const other = new PutParameterCommand({ ...parameter, Name: "c", Tags: tags(51) });
  await assertRefused(client.send(other), "TooManyTagsError");
});

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
