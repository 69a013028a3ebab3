import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, readParameters, refusal, trust } from "../iam.fixture.ts";

test("GetRolePolicy shows a policy, and refuses a name that is not in use", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.putRolePolicy({ ...role, PolicyName: "read", PolicyDocument: readParameters });
  const shown = await iam.getRolePolicy({ ...role, PolicyName: "read" });
  assert.deepEqual([shown.RoleName, shown.PolicyName], ["exec", "read"]);
  assert.equal(decodeURIComponent(shown.PolicyDocument ?? ""), readParameters);
  await assert.rejects(
    iam.getRolePolicy({ ...role, PolicyName: "none" }),
    refusal("NoSuchEntity", 404, "The role policy with name none cannot be found."),
  );
  await assert.rejects(iam.getRolePolicy({ RoleName: "none", PolicyName: "read" }), noSuch("role", "none"));
});
