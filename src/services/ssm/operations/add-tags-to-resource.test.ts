import assert from "node:assert/strict";
import {
  AddTagsToResourceCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-ssm";
import { assertRefused, replaceParameter, testParameters } from "../ssm.fixture.ts";

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

testParameters("AddTagsToResource is refused for a parameter that is not the authorised one", async (setting) => {
  const { client } = setting;
  await client.send(new PutParameterCommand({ ...parameter, Name: "/a" }));
  const Tags = [{ Key: "late", Value: "v" }];
  const add = new AddTagsToResourceCommand({ ...resource, ResourceId: "/a", Tags });
  setting.onceAuthorised("ssm:AddTagsToResource", () => replaceParameter(setting));
  await assertRefused(client.send(add), "TooManyUpdates");
  const { TagList } = await client.send(new ListTagsForResourceCommand({ ...resource, ResourceId: "/a" }));
  assert.deepEqual(TagList, []);
});
