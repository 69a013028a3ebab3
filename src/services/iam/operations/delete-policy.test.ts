import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { allow, document, executionPolicy, openIam, readParameters, trust } from "../iam.fixture.ts";

test("DeletePolicy wants a policy that nothing uses and one version", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  await iam.createUser({ UserName: "bob", PermissionsBoundary: PolicyArn });
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.attachRolePolicy({ RoleName: "exec", PolicyArn });
  const inUse = { name: "DeleteConflictException", message: "Cannot delete a policy attached to entities." };
  await assert.rejects(iam.deletePolicy({ PolicyArn }), inUse);
  await iam.detachRolePolicy({ RoleName: "exec", PolicyArn });
  await assert.rejects(iam.deletePolicy({ PolicyArn }), inUse);
  await iam.deleteUser({ UserName: "bob" });
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow("ssm:Two")) });
  await assert.rejects(iam.deletePolicy({ PolicyArn }), { message: /^This policy has more than one version\./ });
  await iam.deletePolicyVersion({ PolicyArn, VersionId: "v2" });
  await iam.deletePolicy({ PolicyArn });
  await assert.rejects(iam.getPolicy({ PolicyArn }), {
    name: "NoSuchEntityException",
    message: `Policy ${PolicyArn} was not found.`,
  });
});

test("DeletePolicy deletes none of AWS's own policies, even for root", async () => {
  await using context = await openIam({ decides: true });
  await assert.rejects(context.iam.deletePolicy({ PolicyArn: executionPolicy }), {
    name: "AccessDenied",
    message: new RegExp(`^User: ${rootPrincipal.arn} is not authorized to perform: iam:DeletePolicy`),
  });
});
