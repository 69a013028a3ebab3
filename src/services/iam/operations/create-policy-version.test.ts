import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { allow, concurrent, document, executionPolicy, openIam, readParameters } from "../iam.fixture.ts";

test("CreatePolicyVersion numbers versions on, and makes five at a time", async () => {
  await using context = await openIam();
  const { iam } = context;
  const { Policy: made } = await iam.createPolicy({ PolicyName: "P", PolicyDocument: document(allow("ssm:One")) });
  const PolicyArn = made?.Arn;
  const second = await iam.createPolicyVersion({ PolicyArn, PolicyDocument: readParameters, SetAsDefault: true });
  assert.deepEqual([second.PolicyVersion?.VersionId, second.PolicyVersion?.IsDefaultVersion], ["v2", true]);
  await iam.deletePolicyVersion({ PolicyArn, VersionId: "v1" });
  for (const action of ["ssm:Three", "ssm:Four", "ssm:Five", "ssm:Six"]) {
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow(action)) });
  }
  await assert.rejects(iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow("ssm:Seven")) }), {
    name: "LimitExceededException",
    message:
      "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
  });
  const { PolicyVersion: version } = await iam.getPolicyVersion({ PolicyArn, VersionId: "v6" });
  assert.equal(decodeURIComponent(version?.Document ?? ""), document(allow("ssm:Six")));
  const PolicyDocument = document(allow("s3:*", { Resource: "arn:aws:s3::bucket" }));
  await assert.rejects(iam.createPolicyVersion({ PolicyArn, PolicyDocument }), {
    message: "The policy failed legacy parsing",
  });
});

test("CreatePolicyVersion changes none of AWS's own policies, even for root", async () => {
  await using context = await openIam({ decides: true });
  const { iam } = context;
  await assert.rejects(iam.createPolicyVersion({ PolicyArn: executionPolicy, PolicyDocument: readParameters }), {
    name: "AccessDenied",
    message: new RegExp(`^User: ${rootPrincipal.arn} is not authorized to perform: iam:CreatePolicyVersion`),
  });
});

test("CreatePolicyVersion changes no policy that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  const policy = { PolicyName: "P", PolicyDocument: readParameters };
  const PolicyArn = (await iam.createPolicy(policy)).Policy?.Arn;
  context.meanwhile(async () => {
    await iam.deletePolicy({ PolicyArn });
    await iam.createPolicy(policy);
  });
  await assert.rejects(iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow("*")) }), {
    name: "NoSuchEntityException",
    message: `Policy ${PolicyArn} was not found.`,
  });
  context.meanwhile(() => iam.tagPolicy({ PolicyArn, Tags: [{ Key: "stage", Value: "production" }] }));
  await assert.rejects(iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow("*")) }), concurrent);
  assert.equal((await iam.listPolicyVersions({ PolicyArn })).Versions?.length, 1);
});
