import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, readParameters } from "../iam.fixture.ts";

test("DeleteGroupPolicy deletes a policy once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const policy = { GroupName: "ops", PolicyName: "read" };
  await iam.createGroup({ GroupName: "ops" });
  await iam.putGroupPolicy({ ...policy, PolicyDocument: readParameters });
  await iam.deleteGroupPolicy(policy);
  assert.deepEqual((await iam.listGroupPolicies(policy)).PolicyNames, []);
  await assert.rejects(iam.deleteGroupPolicy(policy), {
    name: "NoSuchEntityException",
    message: "The group policy with name read cannot be found.",
  });
  await assert.rejects(iam.deleteGroupPolicy({ ...policy, GroupName: "none" }), noSuch("group", "none"));
});
