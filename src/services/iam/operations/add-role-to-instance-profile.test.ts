import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { allow, arnOf, document, noSuch, openIam, principalOf, trust } from "../iam.fixture.ts";

const names = { InstanceProfileName: "p", RoleName: "r" };
const role = { RoleName: "r", AssumeRolePolicyDocument: trust() };

test("AddRoleToInstanceProfile adds one role, and refuses what does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  await assert.rejects(iam.addRoleToInstanceProfile(names), { message: "Instance Profile p cannot be found." });
  await iam.createInstanceProfile(names);
  await assert.rejects(iam.addRoleToInstanceProfile(names), noSuch("role", "r"));
  await iam.createRole(role);
  await iam.addRoleToInstanceProfile(names);
  await assert.rejects(iam.addRoleToInstanceProfile(names), {
    name: "LimitExceededException",
    message: "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
  });
});

test("AddRoleToInstanceProfile passes no role that was made anew, with another path, in the meantime", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  await iam.createInstanceProfile(names);
  await iam.createRole({ ...role, Path: "/small/" });
  const { User: bob } = await iam.createUser({ UserName: "bob" });
  const PolicyDocument = document(
    allow("iam:AddRoleToInstanceProfile"),
    allow("iam:PassRole", { Resource: arnOf("role/small/*") }),
  );
  await iam.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument });
  context.meanwhile(async () => {
    caller.principal = rootPrincipal;
    await iam.deleteRole(role);
    await iam.createRole({ ...role, Path: "/big/" });
    caller.principal = principalOf(bob);
  });
  caller.principal = principalOf(bob);
  await assert.rejects(iam.addRoleToInstanceProfile(names), noSuch("role", "r"));
  await assert.rejects(iam.addRoleToInstanceProfile(names), { name: "AccessDenied" });
  caller.principal = rootPrincipal;
  assert.deepEqual((await iam.getInstanceProfile(names)).InstanceProfile?.Roles, []);
});

test("AddRoleToInstanceProfile fills no profile that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(role);
  await iam.createInstanceProfile(names);
  context.meanwhile(async () => {
    await iam.deleteInstanceProfile(names);
    await iam.createInstanceProfile(names);
  });
  await assert.rejects(iam.addRoleToInstanceProfile(names), { name: "NoSuchEntityException" });
  assert.deepEqual((await iam.getInstanceProfile(names)).InstanceProfile?.Roles, []);
});
