import assert from "node:assert/strict";
import { test } from "node:test";
import type * as sdk from "@aws-sdk/client-iam";
import { testAccount } from "../../../../test/support/in-process.ts";
import { allow, document, openIam } from "../iam.fixture.ts";
import { makeAlice, matched, noEntities } from "../simulation/simulation.fixture.ts";

test("SimulatePrincipalPolicy takes the user's policies and boundary", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicySourceArn = await makeAlice(iam);
  const ActionNames = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"];
  const decisions = async (more: object = {}) => {
    const { EvaluationResults: results } = await iam.simulatePrincipalPolicy({
      PolicySourceArn,
      ActionNames,
      ...more,
    });
    return results?.map((each) => [
      each.EvalDecision,
      each.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
      ...(matched(each) ?? []),
    ]);
  };
  assert.deepEqual(await decisions(), [
    ["allowed", true, "user_alice_Inline@1:38"],
    ["explicitDeny", true, "managed@1:93"],
    ["implicitDeny", false],
    ["implicitDeny", false],
  ]);
  const PermissionsBoundaryPolicyInputList = [document(allow("s3:*"))];
  const PolicyInputList = [document(allow("s3:ListBucket"))];
  assert.deepEqual((await decisions({ PermissionsBoundaryPolicyInputList, PolicyInputList }))?.slice(2), [
    ["allowed", true, "managed@1:38"],
    ["allowed", true, "PolicyInputList.1@1:38"],
  ]);
  const left = (identifier: sdk.PolicyIdentifier) => decisions({ PolicyExclusionList: [identifier] });
  assert.deepEqual((await left({ PolicyType: "user-managed" }))?.[1], ["implicitDeny", true]);
  assert.deepEqual((await left({ PolicyType: "inline" }))?.[0], ["implicitDeny", true]);
  assert.deepEqual((await left({ PolicyType: "permission-boundary" }))?.[2], ["allowed", undefined, "managed@1:38"]);
  assert.deepEqual((await left({ PolicyArn: `arn:aws:iam::${testAccount}:policy/man*` }))?.[1], ["implicitDeny", true]);
  const inline = { PolicyName: "Inline", AttachmentType: "user", AttachmentName: "alice" } as const;
  assert.deepEqual((await left({ InlinePolicyIdentifier: inline }))?.[0], ["implicitDeny", true]);
});

test("SimulatePrincipalPolicy names inline policies after whose they are, a group's after the group", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicySourceArn = await makeAlice(iam);
  const inline = (action: string) => ({ PolicyName: "Own", PolicyDocument: document(allow(action)) });
  await iam.createGroup({ GroupName: "ops" });
  await iam.putGroupPolicy({ GroupName: "ops", ...inline("s3:Get*") });
  await iam.addUserToGroup({ GroupName: "ops", UserName: "alice" });
  await iam.createRole({
    RoleName: "app",
    AssumeRolePolicyDocument: document({ Effect: "Deny", Principal: { AWS: testAccount }, Action: "sts:AssumeRole" }),
  });
  await iam.putRolePolicy({ RoleName: "app", ...inline("s3:GetObject") });
  const names = async (arn: string, PolicyExclusionList: sdk.PolicyIdentifier[] = []) => {
    const asked = { PolicySourceArn: arn, ActionNames: ["s3:GetObject"], PolicyExclusionList };
    return matched((await iam.simulatePrincipalPolicy(asked)).EvaluationResults?.[0]);
  };
  const groups = { PolicyName: "Own", AttachmentType: "group", AttachmentName: "ops" } as const;
  assert.deepEqual(await names(PolicySourceArn), ["user_alice_Inline@1:38", "group_ops_Own@1:38"]);
  assert.deepEqual(await names(PolicySourceArn, [{ InlinePolicyIdentifier: groups }]), ["user_alice_Inline@1:38"]);
  assert.deepEqual(await names(`arn:aws:iam::${testAccount}:group/ops`), ["group_ops_Own@1:38"]);
  assert.deepEqual(await names(`arn:aws:iam::${testAccount}:role/app`), ["role_app_Own@1:38"]);
});

test("SimulatePrincipalPolicy refuses what is no entity of the account", async () => {
  await using context = await openIam();
  const { iam } = context;
  await makeAlice(iam);
  for (const [PolicySourceArn, name, message] of noEntities) {
    await assert.rejects(iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames: ["s3:GetObject"] }), {
      name,
      message,
    });
  }
});

test("SimulatePrincipalPolicy simulates the entity that access was asked for", async () => {
  await using context = await openIam();
  const { iam } = context;
  const PolicySourceArn = await makeAlice(iam);
  context.meanwhile(() => iam.updateUser({ UserName: "alice", NewUserName: "carol" }));
  const { EvaluationResults: results } = await iam.simulatePrincipalPolicy({
    ...{ PolicySourceArn, ActionNames: ["s3:GetObject"] },
  });
  assert.deepEqual(matched(results?.[0]), ["user_alice_Inline@1:38"]);
});
