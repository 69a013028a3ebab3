import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { allow, document, openIam } from "../iam.fixture.ts";
import { bucket, getObject } from "./simulation.fixture.ts";

const stranger = "arn:aws:iam::444455556666:user/bob";

test("SimulateCustomPolicy asks the resource's policy, also from another account", async () => {
  await using context = await openIam();
  const { iam } = context;
  const secret = `arn:aws:secretsmanager:eu-west-1:${testAccount}:secret:x-AbCdEf`;
  const naming = (arn: string) => document({ Effect: "Allow", Principal: { AWS: arn }, Action: "*", Resource: secret });
  const asked = {
    ActionNames: ["secretsmanager:GetSecretValue"],
    ResourceArns: [secret],
    ResourcePolicy: naming(stranger),
  };
  const nothing = document(allow("s3:GetObject"));
  const result = async (PolicyInputList: string[], change: object = {}) => {
    const { EvaluationResults: results } = await iam.simulateCustomPolicy({
      ...asked,
      PolicyInputList,
      CallerArn: stranger,
      ...change,
    });
    return [results?.[0]?.EvalDecision, results?.[0]?.EvalDecisionDetails];
  };
  const both = { "IAM Policy": "allowed", "Resource Policy": "allowed" };
  assert.deepEqual(await result([document(allow("*"))]), ["allowed", both]);
  assert.deepEqual(await result([nothing]), ["implicitDeny", { ...both, "IAM Policy": "implicitDeny" }]);
  const local = `arn:aws:iam::${testAccount}:user/alice`;
  assert.deepEqual(await result([nothing], { CallerArn: local, ResourcePolicy: naming(local) }), ["allowed", {}]);
});

test("SimulateCustomPolicy asks a role's trust policy", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = `arn:aws:iam::${testAccount}:role/app`;
  const trust = (condition: object) =>
    document({ Effect: "Allow", Principal: { AWS: testAccount }, Action: "sts:AssumeRole", Condition: condition });
  const decide = async (condition: object) => {
    const { EvaluationResults: results } = await iam.simulateCustomPolicy({
      PolicyInputList: [document(allow("sts:AssumeRole"))],
      ActionNames: ["sts:AssumeRole"],
      ResourceArns: [role],
      ResourcePolicy: trust(condition),
      CallerArn: `arn:aws:iam::${testAccount}:user/alice`,
    });
    return results?.[0]?.EvalDecision;
  };
  assert.equal(await decide({}), "allowed");
  assert.equal(await decide({ Bool: { "aws:MultiFactorAuthPresent": "true" } }), "implicitDeny");
});

test("SimulateCustomPolicy limits a role by its boundary where the resource's policy names the role, and a user not", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const [kind, decision] of [
    ["user", "allowed"],
    ["role", "implicitDeny"],
  ] as const) {
    const CallerArn = `arn:aws:iam::${testAccount}:${kind}/team/app`;
    const { EvaluationResults: results } = await iam.simulateCustomPolicy({
      ...getObject,
      ResourceArns: [`${bucket}/a`],
      PermissionsBoundaryPolicyInputList: [document(allow("ssm:*"))],
      ResourcePolicy: document(allow("s3:GetObject", { Principal: { AWS: CallerArn } })),
      CallerArn,
    });
    assert.equal(results?.[0]?.EvalDecision, decision, kind);
  }
});
