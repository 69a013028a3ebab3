import assert from "node:assert/strict";
import { test } from "node:test";
import { concurrent, executionPolicy, noSuch, openIam, powerUser, trust } from "../iam.fixture.ts";

test("DeleteRolePermissionsBoundary removes the boundary, and refuses a role that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.putRolePermissionsBoundary({ ...role, PermissionsBoundary: powerUser });
  await iam.deleteRolePermissionsBoundary(role);
  assert.equal((await iam.getRole(role)).Role?.PermissionsBoundary, undefined);
  await assert.rejects(iam.deleteRolePermissionsBoundary({ RoleName: "none" }), noSuch("role", "none"));
});

test("DeleteRolePermissionsBoundary keeps a boundary that was put there in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ ...role, AssumeRolePolicyDocument: trust(), PermissionsBoundary: powerUser });
  context.meanwhile(() => iam.putRolePermissionsBoundary({ ...role, PermissionsBoundary: executionPolicy }));
  await assert.rejects(iam.deleteRolePermissionsBoundary(role), concurrent);
  const { Role: kept } = await iam.getRole(role);
  assert.equal(kept?.PermissionsBoundary?.PermissionsBoundaryArn, executionPolicy);
});
