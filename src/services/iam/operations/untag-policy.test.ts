import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam, readParameters } from "../iam.fixture.ts";

test("UntagPolicy removes tags by their keys in the same case, and refuses a policy that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { Policy: made } = await iam.createPolicy({ PolicyName: "p", PolicyDocument: readParameters });
  const policy = { PolicyArn: made?.Arn };
  const Tags = ["k", "l", "K"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagPolicy({ ...policy, Tags });
  await iam.untagPolicy({ ...policy, TagKeys: ["k", "L"] });
  assert.deepEqual((await iam.listPolicyTags(policy)).Tags, Tags.slice(1));
  await iam.untagPolicy({ ...policy, TagKeys: ["K"] });
  assert.deepEqual((await iam.listPolicyTags(policy)).Tags, Tags.slice(1, 2));
  await assert.rejects(iam.untagPolicy({ ...{ PolicyArn: arnOf("policy/none") }, TagKeys: ["k"] }), {
    name: "NoSuchEntityException",
  });
});
