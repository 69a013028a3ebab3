import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, readParameters, trust } from "../iam.fixture.ts";

test("DeleteRolePolicy deletes a policy once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const policy = { RoleName: "exec", PolicyName: "read" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.putRolePolicy({ ...policy, PolicyDocument: readParameters });
  await iam.deleteRolePolicy(policy);
  assert.deepEqual((await iam.listRolePolicies(policy)).PolicyNames, []);
  await assert.rejects(iam.deleteRolePolicy(policy), {
    name: "NoSuchEntityException",
    message: "The role policy with name read cannot be found.",
  });
  await assert.rejects(iam.deleteRolePolicy({ ...policy, RoleName: "none" }), noSuch("role", "none"));
});
