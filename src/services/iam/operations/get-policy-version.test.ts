import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, readParameters } from "../iam.fixture.ts";

test("GetPolicyVersion shows a version, and refuses one that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  const { PolicyVersion: version } = await iam.getPolicyVersion({ PolicyArn, VersionId: "v1" });
  assert.equal(decodeURIComponent(version?.Document ?? ""), readParameters);
  assert.deepEqual([version?.VersionId, version?.IsDefaultVersion], ["v1", true]);
  for (const none of [
    { PolicyArn, VersionId: "v2" },
    { PolicyArn: `${PolicyArn}none`, VersionId: "v1" },
  ]) {
    await assert.rejects(iam.getPolicyVersion(none), {
      name: "NoSuchEntityException",
      message: `Policy ${none.PolicyArn} version ${none.VersionId} does not exist or is not attachable.`,
    });
  }
});
