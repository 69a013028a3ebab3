import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

test("CreateInstanceProfile makes an empty profile, and refuses a name in other case and a tag twice", async () => {
  await using context = await openIam();
  const { iam } = context;
  const created = await iam.createInstanceProfile({
    ...{ InstanceProfileName: "ecsInstanceRole", Path: "/x/" },
    Tags: [{ Key: "k", Value: "v" }],
  });
  assert.match(created.InstanceProfile?.InstanceProfileId ?? "", /^AIPA[A-Z2-7]{17}$/);
  assert.equal(created.InstanceProfile?.Arn, arnOf("instance-profile/x/ecsInstanceRole"));
  assert.deepEqual(created.InstanceProfile?.Roles, []);
  assert.deepEqual(created.InstanceProfile?.Tags, [{ Key: "k", Value: "v" }]);
  await assert.rejects(iam.createInstanceProfile({ InstanceProfileName: "ECSinstancerole" }), {
    name: "EntityAlreadyExistsException",
    message: "Instance Profile ECSinstancerole already exists.",
  });
  const Tags = [1, 2].map((value) => ({ Key: "k", Value: String(value) }));
  await assert.rejects(iam.createInstanceProfile({ InstanceProfileName: "p", Tags }), {
    name: "InvalidInputException",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
});
