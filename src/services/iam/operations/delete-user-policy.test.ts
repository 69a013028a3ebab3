import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, readParameters } from "../iam.fixture.ts";

test("DeleteUserPolicy deletes a policy once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const policy = { UserName: "bob", PolicyName: "read" };
  await iam.createUser({ UserName: "bob" });
  await iam.putUserPolicy({ ...policy, PolicyDocument: readParameters });
  await iam.deleteUserPolicy(policy);
  assert.deepEqual((await iam.listUserPolicies(policy)).PolicyNames, []);
  await assert.rejects(iam.deleteUserPolicy(policy), {
    name: "NoSuchEntityException",
    message: "The user policy with name read cannot be found.",
  });
  await assert.rejects(iam.deleteUserPolicy({ ...policy, UserName: "none" }), noSuch("user", "none"));
});
