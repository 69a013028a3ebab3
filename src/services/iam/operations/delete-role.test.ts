import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import {
  allow,
  concurrent,
  document,
  executionPolicy,
  noSuch,
  openIam,
  principalOf,
  readParameters,
  refusal,
  trust,
} from "../iam.fixture.ts";

const role = { RoleName: "exec" };
const made = { ...role, AssumeRolePolicyDocument: trust() };

test("DeleteRole wants a role without policies", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  await iam.attachRolePolicy({ ...role, PolicyArn: executionPolicy });
  await iam.putRolePolicy({ ...role, PolicyName: "read", PolicyDocument: readParameters });
  await assert.rejects(iam.deleteRole(role), {
    name: "DeleteConflictException",
    message: "Cannot delete entity, must detach all policies first.",
  });
  await iam.detachRolePolicy({ ...role, PolicyArn: executionPolicy });
  await assert.rejects(iam.deleteRole(role), {
    name: "DeleteConflictException",
    message: "Cannot delete entity, must delete policies first.",
  });
  await iam.deleteRolePolicy({ ...role, PolicyName: "read" });
  assert.deepEqual((await iam.listInstanceProfilesForRole(role)).InstanceProfiles, []);
  await iam.deleteRole(role);
  await assert.rejects(iam.getRole(role), { name: "NoSuchEntityException" });
});

test("DeleteRole refuses a role that an instance profile holds, and one that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  await iam.createInstanceProfile({ InstanceProfileName: "p" });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: "p", ...role });
  await assert.rejects(iam.deleteRole(role), {
    name: "DeleteConflictException",
    message: "Cannot delete entity, must remove roles from instance profile first.",
  });
  await iam.removeRoleFromInstanceProfile({ InstanceProfileName: "p", ...role });
  await iam.deleteRole(role);
  await assert.rejects(
    iam.deleteRole({ RoleName: "none" }),
    refusal("NoSuchEntity", 404, "The role with name none cannot be found."),
  );
});

test("DeleteRole keeps a role that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole(made);
  context.meanwhile(async () => {
    await iam.deleteRole(role);
    await iam.createRole(made);
  });
  await assert.rejects(iam.deleteRole(role), noSuch("role", "exec"));
  assert.equal((await iam.getRole(role)).Role?.RoleName, "exec");
});

test("DeleteRole keeps a role whose tags changed since access was asked for", async () => {
  await using context = await openIam({ decides: true });
  const { iam, caller } = context;
  await iam.createRole({ ...made, Tags: [{ Key: "stage", Value: "test" }] });
  const { User: bob } = await iam.createUser({ UserName: "bob" });
  const Condition = { StringEquals: { "iam:ResourceTag/stage": "test" } };
  const PolicyDocument = document(allow("iam:DeleteRole", { Condition }));
  await iam.putUserPolicy({ UserName: "bob", PolicyName: "p", PolicyDocument });
  context.meanwhile(async () => {
    caller.principal = rootPrincipal;
    await iam.tagRole({ ...role, Tags: [{ Key: "stage", Value: "production" }] });
  });
  caller.principal = principalOf(bob);
  await assert.rejects(iam.deleteRole(role), concurrent);
  assert.equal((await iam.getRole(role)).Role?.Tags?.[0]?.Value, "production");
});
