import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, concurrent, openIam, readParameters } from "../iam.fixture.ts";

test("UpdateUser renames and moves a user, whose policies stay", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  await iam.createUser({ UserName: "eve" });
  await iam.putUserPolicy({ UserName: "bob", PolicyName: "read", PolicyDocument: readParameters });
  for (const taken of ["EVE", "Bob"]) {
    await assert.rejects(iam.updateUser({ UserName: "bob", NewUserName: taken }), {
      name: "EntityAlreadyExistsException",
      message: `User with name ${taken} already exists.`,
    });
  }
  await iam.updateUser({ UserName: "bob", NewUserName: "bob", NewPath: "/x/" });
  await iam.updateUser({ UserName: "bob", NewUserName: "Rob", NewPath: "/y/" });
  assert.equal((await iam.getUser({ UserName: "Rob" })).User?.Arn, arnOf("user/y/Rob"));
  const policy = await iam.getUserPolicy({ UserName: "Rob", PolicyName: "read" });
  assert.deepEqual([policy.UserName, decodeURIComponent(policy.PolicyDocument ?? "")], ["Rob", readParameters]);
  await assert.rejects(iam.getUser({ UserName: "bob" }), { message: "The user with name bob cannot be found." });
});

test("UpdateUser refuses a user that was renamed in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  context.meanwhile(() => iam.updateUser({ UserName: "bob", NewUserName: "rob" }));
  await assert.rejects(iam.updateUser({ UserName: "bob", NewPath: "/x/" }), concurrent);
  assert.equal((await iam.getUser({ UserName: "rob" })).User?.Path, "/");
});
