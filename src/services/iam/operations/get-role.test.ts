import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import type { Principal } from "../../../model/call.ts";
import { openIam, refusal, trust } from "../iam.fixture.ts";

test("GetRole shows the last use of a session of the role, and ListRoles does not", async () => {
  await using context = await openIam();
  const { iam, store } = context;
  const { Role: role } = await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  assert.deepEqual((await iam.getRole({ RoleName: "r" })).Role?.RoleLastUsed, {});
  const session: Principal = { ...rootPrincipal, kind: "assumed-role", userId: `${role?.RoleId}:s` };
  store.uses.note(session, { usedAt: new Date("2026-02-03T04:05:06.789Z"), service: "ssm", region: "eu-west-1" });
  assert.deepEqual((await iam.getRole({ RoleName: "r" })).Role?.RoleLastUsed, {
    LastUsedDate: new Date("2026-02-03T04:05:06Z"),
    Region: "eu-west-1",
  });
  assert.equal((await iam.listRoles({})).Roles?.[0]?.RoleLastUsed, undefined);
  await iam.deleteRole({ RoleName: "r" });
  assert.deepEqual(await context.database.db.selectFrom("iam_uses").selectAll().execute(), []);
});

test("GetRole refuses a role that does not exist", async () => {
  await using context = await openIam();
  await assert.rejects(
    context.iam.getRole({ RoleName: "none" }),
    refusal("NoSuchEntity", 404, "The role with name none cannot be found."),
  );
});

test("GetRole shows the role that access was asked for, not one that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec", AssumeRolePolicyDocument: trust() };
  const { Role: first } = await iam.createRole(role);
  context.meanwhile(async () => {
    await iam.deleteRole(role);
    await iam.createRole(role);
  });
  assert.equal((await iam.getRole(role)).Role?.RoleId, first?.RoleId);
  assert.notEqual((await iam.getRole(role)).Role?.RoleId, first?.RoleId);
});
