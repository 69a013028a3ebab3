import assert from "node:assert/strict";
import { test } from "node:test";
import { executionPolicy, noSuch, openIam, powerUser } from "../iam.fixture.ts";

test("ListAttachedUserPolicies shows the policies below a path, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  assert.deepEqual((await iam.listAttachedUserPolicies(user)).AttachedPolicies, []);
  for (const PolicyArn of [executionPolicy, powerUser]) await iam.attachUserPolicy({ ...user, PolicyArn });
  const { AttachedPolicies: found } = await iam.listAttachedUserPolicies({ ...user, PathPrefix: "/service-role/" });
  assert.deepEqual(found, [{ PolicyName: "AmazonECSTaskExecutionRolePolicy", PolicyArn: executionPolicy }]);
  await assert.rejects(iam.listAttachedUserPolicies({ UserName: "none" }), noSuch("user", "none"));
});
