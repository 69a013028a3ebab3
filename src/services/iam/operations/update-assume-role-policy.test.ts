import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, noSuch, openIam, trust } from "../iam.fixture.ts";

const role = { RoleName: "exec" };
const made = { ...role, AssumeRolePolicyDocument: trust() };

test("UpdateAssumeRolePolicy replaces the trust policy, in which a role may trust itself", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  const PolicyDocument = trust({ AWS: arnOf("role/exec") });
  await iam.updateAssumeRolePolicy({ ...role, PolicyDocument });
  const { Role: after } = await iam.getRole(role);
  assert.equal(decodeURIComponent(after?.AssumeRolePolicyDocument ?? ""), PolicyDocument);
});

test("UpdateAssumeRolePolicy refuses a principal, and a role, that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  const PolicyDocument = trust({ AWS: arnOf("user/none") });
  await assert.rejects(iam.updateAssumeRolePolicy({ ...role, PolicyDocument }), {
    name: "MalformedPolicyDocumentException",
    message: `Invalid principal in policy: "AWS":"${arnOf("user/none")}"`,
  });
  await assert.rejects(
    iam.updateAssumeRolePolicy({ RoleName: "none", PolicyDocument: trust() }),
    noSuch("role", "none"),
  );
});

test("UpdateAssumeRolePolicy keeps the trust policy of a role that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  context.meanwhile(async () => {
    await iam.deleteRole(role);
    await iam.createRole(made);
  });
  const PolicyDocument = trust({ Service: "ec2.amazonaws.com" });
  await assert.rejects(iam.updateAssumeRolePolicy({ ...role, PolicyDocument }), noSuch("role", "exec"));
  const { Role: kept } = await iam.getRole(role);
  assert.equal(decodeURIComponent(kept?.AssumeRolePolicyDocument ?? ""), trust());
});
