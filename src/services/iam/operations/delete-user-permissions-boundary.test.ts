import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, powerUser } from "../iam.fixture.ts";

test("DeleteUserPermissionsBoundary removes the boundary, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  await iam.putUserPermissionsBoundary({ ...user, PermissionsBoundary: powerUser });
  await iam.deleteUserPermissionsBoundary(user);
  assert.equal((await iam.getUser(user)).User?.PermissionsBoundary, undefined);
  await assert.rejects(iam.deleteUserPermissionsBoundary({ UserName: "none" }), noSuch("user", "none"));
});
