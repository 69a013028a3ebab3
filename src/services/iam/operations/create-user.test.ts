import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam, powerUser } from "../iam.fixture.ts";

test("CreateUser makes a user, and refuses a name in other case and a boundary that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { User: user } = await iam.createUser({
    ...{ UserName: "bob", Path: "/x/", PermissionsBoundary: powerUser },
    Tags: [{ Key: "a", Value: "b" }],
  });
  assert.match(user?.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
  assert.deepEqual(user, {
    Path: "/x/",
    UserName: "bob",
    UserId: user?.UserId,
    Arn: arnOf("user/x/bob"),
    CreateDate: new Date("2026-01-02T03:04:05.000Z"),
    PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: powerUser },
    Tags: [{ Key: "a", Value: "b" }],
  });
  await assert.rejects(iam.createUser({ UserName: "BOB" }), {
    name: "EntityAlreadyExistsException",
    message: "User with name BOB already exists.",
  });
  const PermissionsBoundary = "arn:aws:iam::aws:policy/None";
  await assert.rejects(iam.createUser({ UserName: "eve", PermissionsBoundary }), { name: "NoSuchEntityException" });
});
