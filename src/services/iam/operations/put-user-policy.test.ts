import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, readParameters } from "../iam.fixture.ts";

test("PutUserPolicy puts a policy, and refuses more than 2048 characters", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  await iam.putUserPolicy({ ...user, PolicyName: "read", PolicyDocument: readParameters });
  assert.deepEqual((await iam.listUserPolicies(user)).PolicyNames, ["read"]);
  const PolicyDocument = readParameters.replace('"*"', `"arn:aws:ssm:::${"x".repeat(1990)}"`);
  await assert.rejects(iam.putUserPolicy({ ...user, PolicyName: "more", PolicyDocument }), {
    name: "LimitExceededException",
    message: "Maximum policy size of 2048 bytes exceeded for user bob",
  });
  await assert.rejects(
    iam.putUserPolicy({ UserName: "none", PolicyName: "read", PolicyDocument: readParameters }),
    noSuch("user", "none"),
  );
});
