import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam, readParameters } from "../iam.fixture.ts";

test("TagPolicy adds tags whose keys may differ in case only, and refuses a tag twice", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { Policy: made } = await iam.createPolicy({ PolicyName: "p", PolicyDocument: readParameters });
  const policy = { PolicyArn: made?.Arn };
  const tags = [
    { Key: "k", Value: "v" },
    { Key: "l", Value: "w" },
  ];
  await iam.tagPolicy({ ...policy, Tags: tags });
  await iam.tagPolicy({ ...policy, Tags: [{ Key: "K", Value: "other" }] });
  assert.deepEqual((await iam.listPolicyTags(policy)).Tags, [...tags, { Key: "K", Value: "other" }]);
  await iam.tagPolicy({ ...policy, Tags: [{ Key: "k", Value: "new" }] });
  const listed = (await iam.listPolicyTags(policy)).Tags?.map(({ Key, Value }) => `${Key}=${Value}`);
  assert.deepEqual(listed, ["k=new", "l=w", "K=other"]);
  const twice = [1, 2].map((value) => ({ Key: "k", Value: String(value) }));
  await assert.rejects(iam.tagPolicy({ ...policy, Tags: twice }), {
    name: "InvalidInputException",
    message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  });
  const message = `Policy ${arnOf("policy/none")} was not found.`;
  await assert.rejects(iam.tagPolicy({ ...{ PolicyArn: arnOf("policy/none") }, Tags: [] }), {
    name: "NoSuchEntityException",
    message,
  });
});
