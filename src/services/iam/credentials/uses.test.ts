import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../../test/support/databases.ts";
import { inProcess, rootPrincipal } from "../../../../test/support/in-process.ts";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import { keyring } from "../../../keyring/keyring.ts";
import type { Principal } from "../../../model/call.ts";
import { iamService, iamStore } from "../index.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const open = () => {
      const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
      return { store, iam: new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock: fakeClock() })) };
    };
    return { ...open(), open, database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`GetAccessKeyLastUsed tells the last use, also of another process once it is written (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, store } = context;
    await iam.createUser({ UserName: "bob" });
    const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
    const AccessKeyId = key?.AccessKeyId ?? "";
    const bob: Principal = { ...rootPrincipal, kind: "user", accessKeyId: AccessKeyId };
    const never = { LastUsedDate: undefined, ServiceName: "N/A", Region: "N/A" };
    const asked = async (client = iam) => (await client.getAccessKeyLastUsed({ AccessKeyId })).AccessKeyLastUsed;
    assert.deepEqual({ ...never, ...(await asked()) }, never);
    const use = { usedAt: new Date("2026-02-03T04:05:06.789Z"), service: "ssm", region: "eu-west-1" };
    store.uses.note(bob, { ...use, usedAt: new Date(0) });
    store.uses.note(bob, use);
    const other = context.open();
    assert.deepEqual({ ...never, ...(await asked(other.iam)) }, never);
    await store.uses.write();
    const shown = { LastUsedDate: new Date("2026-02-03T04:05:06Z"), ServiceName: "ssm", Region: "eu-west-1" };
    assert.deepEqual([await asked(other.iam), await asked()], [shown, shown]);
    assert.equal((await context.database.db.selectFrom("iam_uses").selectAll().execute()).length, 1);
    // An earlier use that is written later changes nothing.
    other.store.uses.note(bob, { ...use, usedAt: new Date("2026-02-03T04:00:00Z"), service: "kms" });
    assert.deepEqual(await asked(other.iam), shown);
    await iam.deleteAccessKey({ UserName: "bob", AccessKeyId });
    store.uses.note(bob, use);
    await store.uses.write();
    assert.deepEqual(await context.database.db.selectFrom("iam_uses").selectAll().execute(), []);
  });

  test(`GetRole tells when a session of the role was last used, ListRoles does not (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, store } = context;
    const { Role: role } = await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
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

  test(`what root and services do is not noted (${kind.name})`, async () => {
    await using context = await setUp();
    const use = { usedAt: new Date(0), service: "ssm", region: "eu-west-1" };
    context.store.uses.note(rootPrincipal, use);
    context.store.uses.note({ ...rootPrincipal, kind: "service" }, use);
    await context.store.uses.write();
    assert.deepEqual(await context.database.db.selectFrom("iam_uses").selectAll().execute(), []);
  });
}
