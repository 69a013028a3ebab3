import assert from "node:assert/strict";
import { test } from "node:test";
import type { EvaluationResult } from "@aws-sdk/client-iam";
import { awsCli, findAwsClis } from "../support/aws-cli.ts";
import { allow, clientsOf, policy } from "../support/clients.ts";
import { skipUnless } from "../support/require.ts";
import { startSealift } from "../support/sealift.ts";

interface Simulated {
  readonly EvaluationResults: readonly EvaluationResult[];
}

const skip = await skipUnless("aws");
test("the aws CLI simulates a decision, and decodes why it was made", { skip, timeout: 480_000 }, async () => {
  await using sealift = await startSealift({ runtime: "process", flags: ["--no-agent"] });
  const [cli] = await findAwsClis();
  const aws = awsCli(cli!, sealift);
  const { User } = await aws<{ User: { Arn: string } }>("iam", "create-user", "--user-name", "ann");
  const document = policy(
    { Sid: "Read", ...allow(["ssm:GetParameter"], ["arn:aws:ssm:*:*:parameter/app/*"]) },
    { Sid: "NoProd", ...allow(["ssm:*"], ["arn:aws:ssm:*:*:parameter/app/prod/*"]), Effect: "Deny" },
  );
  const put = ["put-user-policy", "--user-name", "ann", "--policy-name", "app", "--policy-document", document];
  await aws("iam", ...put);

  const simulate = (...more: string[]) =>
    aws<Simulated>("iam", "simulate-principal-policy", "--policy-source-arn", User.Arn, ...more);
  const parameter = (name: string) => User.Arn.replace(/:iam::(\d+):.*/, `:ssm:us-east-1:$1:parameter/${name}`);
  const arns = ["app/a", "app/prod/a", "other"].map(parameter);
  const { EvaluationResults: results } = await simulate(
    "--action-names",
    "ssm:GetParameter",
    "ssm:PutParameter",
    "--resource-arns",
    ...arns,
  );
  assert.deepEqual(
    results.map(({ ResourceSpecificResults: each }) => each?.map((one) => one.EvalResourceDecision)),
    [
      ["allowed", "explicitDeny", "implicitDeny"],
      ["implicitDeny", "explicitDeny", "implicitDeny"],
    ],
  );
  const custom = ["simulate-custom-policy", "--policy-input-list", document, "--action-names", "ssm:GetParameter"];
  const answered = await aws<Simulated>("iam", ...custom, "--resource-arns", arns[0]!);
  assert.deepEqual(answered.EvaluationResults[0]?.MatchedStatements?.[0]?.SourcePolicyId, "PolicyInputList.1");
  const keys = await aws("iam", "get-context-keys-for-principal-policy", "--policy-source-arn", User.Arn);
  assert.deepEqual(keys, { ContextKeyNames: [] });

  type Made = { AccessKey: { AccessKeyId: string; SecretAccessKey: string } };
  const { AccessKey: key } = await aws<Made>("iam", "create-access-key", "--user-name", "ann");
  const credentials = { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey };
  const { ssm } = clientsOf({ ...sealift, credentials });
  const denied = await ssm.getParameter({ Name: "/app/prod/a" }).catch((error) => error);
  assert.match(denied.message, /with an explicit deny in an identity-based policy$/);
  const message = denied.$response.headers["x-sealift-authorization-message"];
  const decode = ["decode-authorization-message", "--encoded-message", message];
  const { DecodedMessage: decoded } = await aws<{ DecodedMessage: string }>("sts", ...decode);
  const { explicitDeny, matchedStatements, context } = JSON.parse(decoded);
  assert.equal(explicitDeny, true);
  assert.equal(matchedStatements.items[0].statementId, "NoProd");
  assert.equal(context.principal.name, "ann");
  await assert.rejects(aws("sts", "decode-authorization-message", "--encoded-message", "nonsense"), {
    code: "InvalidAuthorizationMessageException",
  });
});
