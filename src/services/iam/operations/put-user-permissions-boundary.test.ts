import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, powerUser } from "../iam.fixture.ts";

test("PutUserPermissionsBoundary puts a boundary, and refuses a policy that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  await iam.putUserPermissionsBoundary({ ...user, PermissionsBoundary: powerUser });
  assert.deepEqual((await iam.getUser(user)).User?.PermissionsBoundary, {
    PermissionsBoundaryType: "Policy",
    PermissionsBoundaryArn: powerUser,
  });
  const none = "arn:aws:iam::aws:policy/None";
  await assert.rejects(iam.putUserPermissionsBoundary({ ...user, PermissionsBoundary: none }), {
    name: "NoSuchEntityException",
    message: `Scope ARN: ${none} does not exist or is not attachable.`,
  });
  await assert.rejects(
    iam.putUserPermissionsBoundary({ UserName: "none", PermissionsBoundary: powerUser }),
    noSuch("user", "none"),
  );
});
