import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, rootPrincipal, testAccount } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import type { Principal } from "../../model/call.ts";
import { iamService, iamStore } from "./index.ts";

const allowRead = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: "*" }],
});

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const caller: { principal: Principal } = { principal: rootPrincipal };
    const clock = fakeClock();
    const options = { clock, principal: () => caller.principal };
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], options));
    return { iam, store, database, caller, clock, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`GetUser shows the user that is named, else the caller (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, caller } = context;
    const created = await iam.createUser({ UserName: "bob", Path: "/x/", Tags: [{ Key: "a", Value: "b" }] });
    const { User: user } = await iam.getUser({ UserName: "bob" });
    assert.match(user?.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
    assert.deepEqual(user, {
      Path: "/x/",
      UserName: "bob",
      UserId: created.User?.UserId,
      Arn: `arn:aws:iam::${testAccount}:user/x/bob`,
      CreateDate: new Date("2026-01-02T03:04:05.000Z"),
      Tags: [{ Key: "a", Value: "b" }],
    });
    assert.deepEqual((await iam.getUser({})).User, { UserId: testAccount, Arn: rootPrincipal.arn });
    caller.principal = { ...rootPrincipal, kind: "user", userName: "bob", userId: user?.UserId ?? "" };
    assert.deepEqual((await iam.getUser({})).User, user);
    const arn = `arn:aws:sts::${testAccount}:assumed-role/r/s`;
    caller.principal = { ...rootPrincipal, kind: "assumed-role", arn, userId: "AROA:s" };
    await assert.rejects(iam.getUser({}), {
      name: "ValidationError",
      message: "Must specify userName when calling with non-User credentials",
    });
  });

  test(`UpdateUser renames and moves a user, whose policies stay (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createUser({ UserName: "bob" });
    await iam.createUser({ UserName: "eve" });
    await iam.putUserPolicy({ UserName: "bob", PolicyName: "read", PolicyDocument: allowRead });
    for (const taken of ["EVE", "Bob"]) {
      await assert.rejects(iam.updateUser({ UserName: "bob", NewUserName: taken }), {
        name: "EntityAlreadyExistsException",
        message: `User with name ${taken} already exists.`,
      });
    }
    await iam.updateUser({ UserName: "bob", NewUserName: "bob", NewPath: "/x/" });
    await iam.updateUser({ UserName: "bob", NewUserName: "Rob", NewPath: "/y/" });
    assert.equal((await iam.getUser({ UserName: "Rob" })).User?.Arn, `arn:aws:iam::${testAccount}:user/y/Rob`);
    const policy = await iam.getUserPolicy({ UserName: "Rob", PolicyName: "read" });
    assert.deepEqual([policy.UserName, decodeURIComponent(policy.PolicyDocument ?? "")], ["Rob", allowRead]);
    await assert.rejects(iam.getUser({ UserName: "bob" }), { message: "The user with name bob cannot be found." });
  });

  test(`access keys: two a user, their secrets shown once and sealed (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, store, database, clock } = context;
    const user = { UserName: "bob" };
    await iam.createUser(user);
    const { AccessKey: first } = await iam.createAccessKey(user);
    assert.match(first?.AccessKeyId ?? "", /^AKIA[A-Z2-7]{16}$/);
    assert.equal(first?.SecretAccessKey?.length, 40);
    clock.advance(1000);
    const { AccessKey: second } = await iam.createAccessKey(user);
    await assert.rejects(iam.createAccessKey(user), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for AccessKeysPerUser: 2",
    });
    await iam.updateAccessKey({ ...user, AccessKeyId: first?.AccessKeyId, Status: "Inactive" });
    const { AccessKeyMetadata: keys } = await iam.listAccessKeys(user);
    assert.deepEqual(
      new Set(keys?.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`)),
      new Set([`${first?.AccessKeyId} Inactive`, `${second?.AccessKeyId} Active`]),
    );
    const rows = await database.db.selectFrom("iam_access_keys").selectAll().execute();
    for (const row of rows) {
      const text = Buffer.from(row.secret).toString("latin1");
      assert.ok(![first, second].some((key) => text.includes(key?.SecretAccessKey ?? "")));
    }
    const found = await store.accessKeys.find(second?.AccessKeyId ?? "");
    assert.deepEqual([found?.secretAccessKey, found?.active, found?.user.name], [second?.SecretAccessKey, true, "bob"]);
    const AccessKeyId = "AKIAAAAAAAAAAAAAAAAA";
    await assert.rejects(iam.getAccessKeyLastUsed({ AccessKeyId }), {
      name: "AccessDenied",
      message: `User: ${rootPrincipal.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`,
    });
    const lastUsed = await iam.getAccessKeyLastUsed({ AccessKeyId: first?.AccessKeyId });
    assert.deepEqual([lastUsed.UserName, lastUsed.AccessKeyLastUsed], ["bob", { ServiceName: "N/A", Region: "N/A" }]);
    await assert.rejects(iam.deleteUser(user), {
      name: "DeleteConflictException",
      message: "Cannot delete entity, must delete access keys first.",
    });
    for (const key of keys ?? []) await iam.deleteAccessKey({ ...user, AccessKeyId: key.AccessKeyId });
    await assert.rejects(iam.deleteAccessKey({ ...user, AccessKeyId: first?.AccessKeyId }), {
      name: "NoSuchEntityException",
      message: `The Access Key with id ${first?.AccessKeyId} cannot be found.`,
    });
    await iam.deleteUser(user);
    assert.deepEqual((await iam.listUsers({})).Users, []);
  });

  test(`a secret that was moved to another key's row does not open (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, store, database } = context;
    await iam.createUser({ UserName: "bob" });
    const { AccessKey: first } = await iam.createAccessKey({ UserName: "bob" });
    const { AccessKey: second } = await iam.createAccessKey({ UserName: "bob" });
    const row = await database.db
      .selectFrom("iam_access_keys")
      .select("secret")
      .where("id", "=", first?.AccessKeyId ?? "")
      .executeTakeFirstOrThrow();
    await database.db
      .updateTable("iam_access_keys")
      .set({ secret: row.secret })
      .where("id", "=", second?.AccessKeyId ?? "")
      .execute();
    await assert.rejects(store.accessKeys.find(second?.AccessKeyId ?? ""), /sealed under another root key/);
  });

  test(`users' policies and tags are like roles' (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const user = { UserName: "bob" };
    const PolicyArn = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess";
    await iam.createUser(user);
    await iam.attachUserPolicy({ ...user, PolicyArn });
    assert.deepEqual((await iam.listAttachedUserPolicies(user)).AttachedPolicies, [
      { PolicyName: "AmazonSSMReadOnlyAccess", PolicyArn },
    ]);
    await iam.putUserPolicy({ ...user, PolicyName: "read", PolicyDocument: allowRead });
    assert.deepEqual((await iam.listUserPolicies(user)).PolicyNames, ["read"]);
    await assert.rejects(
      iam.putUserPolicy({
        ...user,
        PolicyName: "more",
        PolicyDocument: allowRead.replace("*", `arn:aws:ssm:::${"x".repeat(1990)}`),
      }),
      { name: "LimitExceededException", message: "Maximum policy size of 2048 bytes exceeded for user bob" },
    );
    await iam.tagUser({ ...user, Tags: [{ Key: "k", Value: "v" }] });
    assert.deepEqual((await iam.listUserTags(user)).Tags, [{ Key: "k", Value: "v" }]);
    await iam.untagUser({ ...user, TagKeys: ["k"] });
    assert.deepEqual((await iam.listUserTags(user)).Tags, []);
    await assert.rejects(iam.deleteUser(user), { message: "Cannot delete entity, must detach all policies first." });
    await iam.detachUserPolicy({ ...user, PolicyArn });
    await assert.rejects(iam.deleteUser(user), { message: "Cannot delete entity, must delete policies first." });
    await iam.deleteUserPolicy({ ...user, PolicyName: "read" });
    await assert.rejects(iam.deleteUserPolicy({ ...user, PolicyName: "read" }), {
      message: "The user policy with name read cannot be found.",
    });
    await iam.deleteUser(user);
  });
}
