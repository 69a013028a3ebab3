import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("AttachUserPolicy attaches a policy, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  const PolicyArn = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess";
  await iam.createUser(user);
  await iam.attachUserPolicy({ ...user, PolicyArn });
  assert.deepEqual((await iam.listAttachedUserPolicies(user)).AttachedPolicies, [
    { PolicyName: "AmazonSSMReadOnlyAccess", PolicyArn },
  ]);
  await assert.rejects(iam.attachUserPolicy({ UserName: "none", PolicyArn }), noSuch("user", "none"));
});
