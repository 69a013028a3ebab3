import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("UntagInstanceProfile removes tags by their keys in the same case, and refuses an instance profile that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const profile = { InstanceProfileName: "p" };
  await iam.createInstanceProfile(profile);
  const Tags = ["k", "l", "K"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagInstanceProfile({ ...profile, Tags });
  await iam.untagInstanceProfile({ ...profile, TagKeys: ["k", "L"] });
  assert.deepEqual((await iam.listInstanceProfileTags(profile)).Tags, Tags.slice(1));
  await iam.untagInstanceProfile({ ...profile, TagKeys: ["K"] });
  assert.deepEqual((await iam.listInstanceProfileTags(profile)).Tags, Tags.slice(1, 2));
  await assert.rejects(iam.untagInstanceProfile({ ...{ InstanceProfileName: "none" }, TagKeys: ["k"] }), {
    name: "NoSuchEntityException",
  });
});
