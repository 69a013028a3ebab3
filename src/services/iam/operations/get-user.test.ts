import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal, testAccount } from "../../../../test/support/in-process.ts";
import { arnOf, noSuch, openIam } from "../iam.fixture.ts";

test("GetUser shows the user that is named, else the caller", async () => {
  await using context = await openIam();
  const { iam, caller } = context;
  const created = await iam.createUser({ UserName: "bob", Path: "/x/", Tags: [{ Key: "a", Value: "b" }] });
  const { User: user } = await iam.getUser({ UserName: "bob" });
  assert.match(user?.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
  assert.deepEqual(user, {
    Path: "/x/",
    UserName: "bob",
    UserId: created.User?.UserId,
    Arn: arnOf("user/x/bob"),
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
  await assert.rejects(iam.getUser({ UserName: "none" }), noSuch("user", "none"));
});
