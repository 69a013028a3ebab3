import { testAccount, testRegion } from "../../support/in-process.ts";
import { cases } from "./case.ts";
import { roleArn, rotationFunction, Tags, versionId } from "./resources.ts";

const newSecret = { Name: "new", Description: "text", SecretString: "{}", KmsKeyId: "alias/app", Tags };
const secretArn = `arn:aws:secretsmanager:${testRegion}:${testAccount}:secret`;
const openPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: roleArn }, Action: "secretsmanager:GetSecretValue", Resource: "*" },
});

export const secretCases = [
  ...cases("secretsmanager:GetSecretValue", ({ secrets }) => secrets.getSecretValue({ SecretId: "app" }), [
    ["secretsmanager:SecretId", "ArnLike", `${secretArn}:app-??????`, `${secretArn}:other-??????`],
    // A request without a stage has none, although it reads AWSCURRENT.
    ["secretsmanager:VersionStage", "Null", "true", "false"],
    ["secretsmanager:VersionId", "Null", "true", "false"],
    ["secretsmanager:ResourceTag/team", "StringEquals", "web", "db"],
    ["aws:ResourceTag/team", "StringEquals", "web", "db"],
    ["secretsmanager:resource/AllowRotationLambdaArn", "ArnEquals", rotationFunction, `${rotationFunction}-other`],
    ["secretsmanager:SecretPrimaryRegion", "StringEquals", testRegion, "eu-west-1"],
  ]),
  ...cases(
    "secretsmanager:GetSecretValue",
    ({ secrets }) => secrets.getSecretValue({ SecretId: "app", VersionId: versionId }),
    [["secretsmanager:VersionId", "StringEquals", versionId, "22222222-1111-4111-8111-111111111111"]],
  ),
  ...cases(
    "secretsmanager:GetSecretValue",
    ({ secrets }) => secrets.getSecretValue({ SecretId: "app", VersionStage: "AWSCURRENT" }),
    [["secretsmanager:VersionStage", "StringEquals", "AWSCURRENT", "AWSPENDING"]],
  ),
  ...cases("secretsmanager:CreateSecret", ({ secrets }) => secrets.createSecret(newSecret), [
    ["secretsmanager:Name", "StringLike", "n*", "m*"],
    ["secretsmanager:Description", "StringEquals", "text", "other"],
    ["secretsmanager:KmsKeyId", "StringEquals", "alias/app", "alias/other"],
    ["secretsmanager:KmsKeyArn", "ArnEquals", "KEY", "arn:aws:kms:us-east-1:111122223333:key/other"],
    ["aws:RequestTag/team", "StringEquals", "web", "db"],
    ["aws:ResourceTag/team", "StringEquals", "web", "db"],
    ["aws:TagKeys", "ForAllValues:StringEquals", "team", "stage"],
  ]),
  ...cases(
    "secretsmanager:CreateSecret",
    ({ secrets }) =>
      secrets.createSecret({
        Name: "new",
        AddReplicaRegions: [{ Region: "eu-west-1" }],
        ForceOverwriteReplicaSecret: true,
      }),
    [
      ["secretsmanager:AddReplicaRegions", "ForAllValues:StringEquals", "eu-west-1", "us-west-2"],
      ["secretsmanager:ForceOverwriteReplicaSecret", "Bool", "true", "false"],
    ],
  ),
  ...cases(
    "secretsmanager:UpdateSecret",
    ({ secrets }) => secrets.updateSecret({ SecretId: "app", KmsKeyId: "alias/app" }),
    [["secretsmanager:KmsKeyArn", "ArnEquals", "KEY", "arn:aws:kms:us-east-1:111122223333:key/other"]],
  ),
  ...cases(
    "secretsmanager:DeleteSecret",
    ({ secrets }) => secrets.deleteSecret({ SecretId: "app", RecoveryWindowInDays: 7 }),
    [["secretsmanager:RecoveryWindowInDays", "NumericGreaterThanEquals", "7", "8"]],
  ),
  ...cases(
    "secretsmanager:DeleteSecret",
    ({ secrets }) => secrets.deleteSecret({ SecretId: "app", ForceDeleteWithoutRecovery: true }),
    [["secretsmanager:ForceDeleteWithoutRecovery", "Bool", "true", "false"]],
  ),
  ...cases(
    "secretsmanager:PutResourcePolicy",
    ({ secrets }) =>
      secrets.putResourcePolicy({ SecretId: "app", ResourcePolicy: openPolicy, BlockPublicPolicy: true }),
    [["secretsmanager:BlockPublicPolicy", "Bool", "true", "false"]],
  ),
  ...cases(
    "secretsmanager:RotateSecret",
    ({ secrets }) =>
      secrets.rotateSecret({ SecretId: "app", RotationLambdaARN: rotationFunction, RotateImmediately: false }),
    [
      ["secretsmanager:RotationLambdaARN", "ArnEquals", rotationFunction, `${rotationFunction}-other`],
      ["secretsmanager:RotateImmediately", "Bool", "false", "true"],
      ["secretsmanager:ModifyRotationRules", "Bool", "false", "true"],
    ],
  ),
];
