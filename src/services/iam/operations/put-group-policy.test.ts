import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, document, noSuch, openIam, readParameters } from "../iam.fixture.ts";

test("PutGroupPolicy puts a policy, and refuses more than 5120 characters", async () => {
  await using context = await openIam();
  const { iam } = context;
  const group = { GroupName: "ops" };
  await iam.createGroup({ GroupName: "ops" });
  await iam.putGroupPolicy({ ...group, PolicyName: "read", PolicyDocument: readParameters });
  assert.deepEqual((await iam.listGroupPolicies(group)).PolicyNames, ["read"]);
  const PolicyDocument = document(allow(`ssm:${"x".repeat(5120)}`));
  await assert.rejects(iam.putGroupPolicy({ ...group, PolicyName: "more", PolicyDocument }), {
    name: "LimitExceededException",
    message: "Maximum policy size of 5120 bytes exceeded for group ops",
  });
  await assert.rejects(
    iam.putGroupPolicy({ GroupName: "none", PolicyName: "read", PolicyDocument: readParameters }),
    noSuch("group", "none"),
  );
});
