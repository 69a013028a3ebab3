import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam, readParameters } from "../iam.fixture.ts";

test("ListPolicyTags shows the tags page by page, and refuses a policy that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { Policy: made } = await iam.createPolicy({ PolicyName: "p", PolicyDocument: readParameters });
  const policy = { PolicyArn: made?.Arn };
  assert.deepEqual((await iam.listPolicyTags(policy)).Tags, []);
  const Tags = ["b", "a"].map((Key) => ({ Key, Value: "v" }));
  await iam.tagPolicy({ ...policy, Tags });
  const first = await iam.listPolicyTags({ ...policy, MaxItems: 1 });
  const second = await iam.listPolicyTags({ ...policy, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([...(first.Tags ?? []), ...(second.Tags ?? [])], Tags);
  assert.deepEqual((await iam.getPolicy(policy)).Policy?.Tags, Tags);
  await assert.rejects(iam.listPolicyTags({ PolicyArn: arnOf("policy/none") }), { name: "NoSuchEntityException" });
});
