import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, document, openIam, readParameters } from "../iam.fixture.ts";

test("DeletePolicyVersion deletes a version, and refuses the default version and one that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow("ssm:Two")), SetAsDefault: true });
  await assert.rejects(iam.deletePolicyVersion({ PolicyArn, VersionId: "v2" }), {
    name: "DeleteConflictException",
    message: "Cannot delete the default version of a policy.",
  });
  await iam.deletePolicyVersion({ PolicyArn, VersionId: "v1" });
  await assert.rejects(iam.deletePolicyVersion({ PolicyArn, VersionId: "v1" }), {
    name: "NoSuchEntityException",
    message: `Policy ${PolicyArn} version v1 does not exist or is not attachable.`,
  });
});

test("DeletePolicyVersion keeps the version that became the default in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow("ssm:Two")) });
  context.meanwhile(() => iam.setDefaultPolicyVersion({ PolicyArn, VersionId: "v2" }));
  await assert.rejects(iam.deletePolicyVersion({ PolicyArn, VersionId: "v2" }), { name: "DeleteConflictException" });
  assert.equal((await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId, "v2");
});
