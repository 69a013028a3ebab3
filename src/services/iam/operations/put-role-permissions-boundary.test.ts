import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, powerUser, trust } from "../iam.fixture.ts";

test("PutRolePermissionsBoundary puts a boundary, and refuses a policy that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.putRolePermissionsBoundary({ ...role, PermissionsBoundary: powerUser });
  assert.deepEqual((await iam.getRole(role)).Role?.PermissionsBoundary, {
    PermissionsBoundaryType: "Policy",
    PermissionsBoundaryArn: powerUser,
  });
  const none = "arn:aws:iam::aws:policy/None";
  await assert.rejects(iam.putRolePermissionsBoundary({ ...role, PermissionsBoundary: none }), {
    name: "NoSuchEntityException",
    message: `Scope ARN: ${none} does not exist or is not attachable.`,
  });
  await assert.rejects(
    iam.putRolePermissionsBoundary({ RoleName: "none", PermissionsBoundary: powerUser }),
    noSuch("role", "none"),
  );
});
