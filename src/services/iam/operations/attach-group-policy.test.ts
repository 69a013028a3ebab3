import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, powerUser } from "../iam.fixture.ts";

test("AttachGroupPolicy attaches a policy, and refuses one that is for service-linked roles only", async () => {
  await using context = await openIam();
  const { iam } = context;
  const group = { GroupName: "ops" };
  await iam.createGroup(group);
  await iam.attachGroupPolicy({ ...group, PolicyArn: powerUser });
  assert.deepEqual((await iam.listAttachedGroupPolicies(group)).AttachedPolicies, [
    { PolicyName: "PowerUserAccess", PolicyArn: powerUser },
  ]);
  const PolicyArn = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy";
  await assert.rejects(iam.attachGroupPolicy({ ...group, PolicyArn }), {
    name: "PolicyNotAttachableException",
    message: "Cannot attach a Service Role Policy to a Customer Role.",
  });
  await assert.rejects(iam.attachGroupPolicy({ GroupName: "none", PolicyArn: powerUser }), noSuch("group", "none"));
});
