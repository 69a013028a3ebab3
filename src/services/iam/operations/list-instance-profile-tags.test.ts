import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("ListInstanceProfileTags shows the tags page by page, and refuses an instance profile that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const profile = { InstanceProfileName: "p" };
  await iam.createInstanceProfile(profile);
  assert.deepEqual((await iam.listInstanceProfileTags(profile)).Tags, []);
  const Tags = ["b", "a"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagInstanceProfile({ ...profile, Tags });
  const first = await iam.listInstanceProfileTags({ ...profile, MaxItems: 1 });
  const second = await iam.listInstanceProfileTags({ ...profile, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([...(first.Tags ?? []), ...(second.Tags ?? [])], Tags);
  assert.deepEqual((await iam.getInstanceProfile(profile)).InstanceProfile?.Tags, Tags);
  await assert.rejects(iam.listInstanceProfileTags({ InstanceProfileName: "none" }), { name: "NoSuchEntityException" });
});
