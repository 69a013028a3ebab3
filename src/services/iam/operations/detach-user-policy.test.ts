import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, powerUser } from "../iam.fixture.ts";

test("DetachUserPolicy detaches a policy, and refuses one that is not attached", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  await iam.attachUserPolicy({ ...user, PolicyArn: powerUser });
  await iam.detachUserPolicy({ ...user, PolicyArn: powerUser });
  assert.deepEqual((await iam.listAttachedUserPolicies(user)).AttachedPolicies, []);
  await assert.rejects(iam.detachUserPolicy({ ...user, PolicyArn: powerUser }), {
    name: "NoSuchEntityException",
    message: `Policy ${powerUser} was not found.`,
  });
  await assert.rejects(iam.detachUserPolicy({ UserName: "none", PolicyArn: powerUser }), noSuch("user", "none"));
});
