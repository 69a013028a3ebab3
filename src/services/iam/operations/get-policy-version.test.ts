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

test("GetPolicyVersion shows every version of AWS's policies", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite";
  const newest = (await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId;
  assert.notEqual(newest, "v1");
  const { PolicyVersion: first } = await iam.getPolicyVersion({ PolicyArn, VersionId: "v1" });
  assert.deepEqual([first?.VersionId, first?.IsDefaultVersion], ["v1", false]);
  assert.equal(JSON.parse(decodeURIComponent(first?.Document ?? "")).Version, "2012-10-17");
  const { PolicyVersion: last } = await iam.getPolicyVersion({ PolicyArn, VersionId: newest });
  assert.equal(last?.IsDefaultVersion, true);
  await assert.rejects(iam.getPolicyVersion({ PolicyArn, VersionId: "v999" }), { name: "NoSuchEntityException" });
});
