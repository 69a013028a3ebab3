import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, powerUser } from "../iam.fixture.ts";

test("DetachGroupPolicy detaches a policy, and refuses one that is not attached", async () => {
  await using context = await openIam();
  const { iam } = context;
  const group = { GroupName: "ops" };
  await iam.createGroup({ GroupName: "ops" });
  await iam.attachGroupPolicy({ ...group, PolicyArn: powerUser });
  await iam.detachGroupPolicy({ ...group, PolicyArn: powerUser });
  assert.deepEqual((await iam.listAttachedGroupPolicies(group)).AttachedPolicies, []);
  await assert.rejects(iam.detachGroupPolicy({ ...group, PolicyArn: powerUser }), {
    name: "NoSuchEntityException",
    message: `Policy ${powerUser} was not found.`,
  });
  await assert.rejects(iam.detachGroupPolicy({ GroupName: "none", PolicyArn: powerUser }), noSuch("group", "none"));
});
