import assert from "node:assert/strict";
import { test } from "node:test";
import { executionPolicy, noSuch, openIam, powerUser } from "../iam.fixture.ts";

test("ListAttachedGroupPolicies shows the policies below a path, and refuses a group that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const group = { GroupName: "ops" };
  await iam.createGroup({ GroupName: "ops" });
  assert.deepEqual((await iam.listAttachedGroupPolicies(group)).AttachedPolicies, []);
  for (const PolicyArn of [executionPolicy, powerUser]) await iam.attachGroupPolicy({ ...group, PolicyArn });
  const { AttachedPolicies: found } = await iam.listAttachedGroupPolicies({ ...group, PathPrefix: "/service-role/" });
  assert.deepEqual(found, [{ PolicyName: "AmazonECSTaskExecutionRolePolicy", PolicyArn: executionPolicy }]);
  await assert.rejects(iam.listAttachedGroupPolicies({ GroupName: "none" }), noSuch("group", "none"));
});
