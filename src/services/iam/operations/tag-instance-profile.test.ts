import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("TagInstanceProfile adds tags whose keys may differ in case only, and refuses a tag twice", async () => {
  await using context = await openIam();
  const { iam } = context;
  const profile = { InstanceProfileName: "p" };
  await iam.createInstanceProfile(profile);
  const tags = [
    { Key: "k", Value: "v" },
    { Key: "l", Value: "w" },
  ];
  await iam.tagInstanceProfile({ ...profile, Tags: tags });
  await iam.tagInstanceProfile({ ...profile, Tags: [{ Key: "K", Value: "other" }] });
  assert.deepEqual((await iam.listInstanceProfileTags(profile)).Tags, [...tags, { Key: "K", Value: "other" }]);
  const twice = [1, 2].map((value) => ({ Key: "k", Value: String(value) }));
  await assert.rejects(iam.tagInstanceProfile({ ...profile, Tags: twice }), {
    name: "InvalidInputException",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
  const message = "Instance Profile none cannot be found.";
  await assert.rejects(iam.tagInstanceProfile({ ...{ InstanceProfileName: "none" }, Tags: [] }), {
    name: "NoSuchEntityException",
    message,
  });
});
