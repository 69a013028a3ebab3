import assert from "node:assert/strict";
import { test } from "node:test";
import { executionPolicy, noSuch, openIam, powerUser, refusal, trust } from "../iam.fixture.ts";

test("DetachRolePolicy detaches a policy, and refuses one that is not attached", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.attachRolePolicy({ ...role, PolicyArn: powerUser });
  await iam.detachRolePolicy({ ...role, PolicyArn: powerUser });
  assert.deepEqual((await iam.listAttachedRolePolicies(role)).AttachedPolicies, []);
  await assert.rejects(
    iam.detachRolePolicy({ ...role, PolicyArn: executionPolicy }),
    refusal("NoSuchEntity", 404, `Policy ${executionPolicy} was not found.`),
  );
  await assert.rejects(iam.detachRolePolicy({ ...role, PolicyArn: powerUser }), {
    name: "NoSuchEntityException",
    message: `Policy ${powerUser} was not found.`,
  });
  await assert.rejects(iam.detachRolePolicy({ RoleName: "none", PolicyArn: powerUser }), noSuch("role", "none"));
});
