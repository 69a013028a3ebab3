import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import { allow, document, executionPolicy, openIam, readParameters } from "../iam.fixture.ts";

test("SetDefaultPolicyVersion sets the default version, and refuses a policy that does not exist", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const PolicyArn = (await iam.createPolicy({ PolicyName: "P", PolicyDocument: readParameters })).Policy?.Arn;
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument: document(allow("ssm:Two")) });
  clock.advance(60_000);
  await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: "v2" });
  const { Policy: policy } = await iam.getPolicy({ PolicyArn });
  assert.deepEqual([policy?.DefaultVersionId, policy?.UpdateDate], ["v2", new Date("2026-01-02T03:05:05.000Z")]);
  await assert.rejects(iam.setDefaultPolicyVersion({ PolicyArn: `${PolicyArn}none`, VersionId: "v1" }), {
    name: "NoSuchEntityException",
    message: `Policy ${PolicyArn}none version v1 does not exist or is not attachable.`,
  });
});

test("SetDefaultPolicyVersion changes none of AWS's own policies, even for root", async () => {
  await using context = await openIam({ decides: true });
  await assert.rejects(context.iam.setDefaultPolicyVersion({ PolicyArn: executionPolicy, VersionId: "v1" }), {
    name: "AccessDenied",
    message: new RegExp(`^User: ${rootPrincipal.arn} is not authorized to perform: iam:SetDefaultPolicyVersion`),
  });
});
