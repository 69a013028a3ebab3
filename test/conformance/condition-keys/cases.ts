import { organizationOf } from "../../../src/services/organizations/index.ts";
import { testAccount, testRegion } from "../../support/in-process.ts";
import { type Case, cases } from "./case.ts";
import { ecsCases } from "./ecs-cases.ts";
import { logAndImageCases } from "./log-and-image-cases.ts";
import { roleArn, Tags, versionId } from "./resources.ts";
import { secretCases } from "./secret-cases.ts";

const organization = organizationOf(testAccount, "aws");
const path = `${organization.id}/${organization.rootId}/`;

const globalCases = cases("ssm:GetParameter", ({ ssm }) => ssm.getParameter({ Name: "/app/db" }), [
  ["aws:SourceIp", "IpAddress", "127.0.0.0/8", "10.0.0.0/8"],
  ["aws:CurrentTime", "DateGreaterThan", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"],
  ["aws:EpochTime", "NumericGreaterThan", "1577836800", "4070908800"],
  ["aws:SecureTransport", "Bool", "false", "true"],
  ["aws:UserAgent", "StringLike", "aws-sdk-js/*", "curl/*"],
  ["aws:username", "StringEquals", "alice", "bob"],
  ["aws:userid", "StringEquals", "ID", "AIDAOTHER"],
  ["aws:PrincipalArn", "ArnEquals", `arn:aws:iam::${testAccount}:user/alice`, `arn:aws:iam::${testAccount}:user/bob`],
  ["aws:PrincipalAccount", "StringEquals", testAccount, "444455556666"],
  ["aws:PrincipalType", "StringEquals", "User", "AssumedRole"],
  ["aws:PrincipalTag/team", "StringEquals", "web", "db"],
  ["aws:PrincipalIsAWSService", "Bool", "false", "true"],
  ["aws:PrincipalServiceName", "Null", "true", "false"],
  ["aws:PrincipalServiceNamesList", "Null", "true", "false"],
  ["aws:PrincipalOrgID", "StringEquals", organization.id, "o-other12345"],
  ["aws:PrincipalOrgPaths", "ForAnyValue:StringEquals", path, `${path}*`],
  ["aws:ResourceOrgID", "StringEquals", organization.id, "o-other12345"],
  ["aws:ResourceOrgPaths", "ForAnyValue:StringEquals", path, `${path}*`],
  ["aws:SourceArn", "Null", "true", "false"],
  ["aws:SourceAccount", "Null", "true", "false"],
  ["aws:TokenIssueTime", "Null", "true", "false"],
  ["aws:RequestedRegion", "StringEquals", testRegion, "eu-west-1"],
  ["aws:ResourceAccount", "StringEquals", testAccount, "444455556666"],
  ["aws:ResourceTag/team", "StringEquals", "web", "db"],
  ["aws:ViaAWSService", "Bool", "false", "true"],
  ["aws:CalledVia", "Null", "true", "false"],
  ["ssm:ResourceTag/team", "StringEquals", "web", "db"],
]);

const policies = JSON.stringify([
  { Type: "NoChangeNotification", Version: "1.0", Attributes: { After: "20", Unit: "Days" } },
]);
const newParameter = { Name: "/app/new", Type: "String", Value: "v" } as const;

const parameterCases = [
  ...cases("ssm:GetParametersByPath", ({ ssm }) => ssm.getParametersByPath({ Path: "/app", Recursive: true }), [
    ["ssm:Recursive", "StringEquals", "true", "false"],
  ]),
  ...cases("ssm:PutParameter", ({ ssm }) => ssm.putParameter({ ...newParameter, Tags }), [
    ["ssm:Overwrite", "Null", "true", "false"],
    ["ssm:Policies", "Null", "true", "false"],
    ["aws:RequestTag/team", "StringEquals", "web", "db"],
    ["aws:ResourceTag/team", "StringEquals", "web", "db"],
    ["aws:TagKeys", "ForAllValues:StringEquals", "team", "stage"],
  ]),
  ...cases(
    "ssm:PutParameter",
    ({ ssm }) => ssm.putParameter({ ...newParameter, Policies: policies, Tier: "Advanced" }),
    [["ssm:Policies", "StringEquals", "true", "false"]],
  ),
  ...cases("ssm:PutParameter", ({ ssm }) => ssm.putParameter({ ...newParameter, Overwrite: true }), [
    ["ssm:Overwrite", "StringEquals", "true", "false"],
  ]),
  ...cases("ssm:PutParameter", ({ ssm }) => ssm.putParameter({ ...newParameter, Overwrite: false }), [
    ["ssm:Overwrite", "StringEquals", "false", "true"],
  ]),
];

/** Parameter Store reads the secret, and Secrets Manager has it decrypted. */
const readThrough: Case["call"] = ({ ssm }) =>
  ssm.getParameter({ Name: "/aws/reference/secretsmanager/app", WithDecryption: true });

/** KMS as other services call it for their caller. */
const forwardedCases = [
  ...cases("kms:Decrypt", ({ ssm }) => ssm.getParameter({ Name: "/app/key", WithDecryption: true }), [
    ["kms:ViaService", "StringEquals", `ssm.${testRegion}.amazonaws.com`, `secretsmanager.${testRegion}.amazonaws.com`],
    ["kms:CallerAccount", "StringEquals", testAccount, "444455556666"],
    [
      "kms:EncryptionContext:PARAMETER_ARN",
      "StringLike",
      "arn:aws:ssm:*:parameter/app/*",
      "arn:aws:ssm:*:parameter/b/*",
    ],
    ["kms:EncryptionContextKeys", "ForAnyValue:StringEquals", "PARAMETER_ARN", "SecretARN"],
    ["aws:ViaAWSService", "Bool", "true", "false"],
    ["aws:CalledVia", "ForAnyValue:StringEquals", "ssm.amazonaws.com", "secretsmanager.amazonaws.com"],
    ["aws:CalledViaFirst", "StringEquals", "ssm.amazonaws.com", "secretsmanager.amazonaws.com"],
    ["aws:CalledViaLast", "StringEquals", "ssm.amazonaws.com", "secretsmanager.amazonaws.com"],
    ["aws:username", "StringEquals", "alice", "bob"],
  ]),
  ...cases("kms:Decrypt", ({ secrets }) => secrets.getSecretValue({ SecretId: "app" }), [
    ["kms:ViaService", "StringEquals", `secretsmanager.${testRegion}.amazonaws.com`, `ssm.${testRegion}.amazonaws.com`],
    ["kms:EncryptionContext:SecretVersionId", "StringEquals", versionId, "other"],
  ]),
  ...cases("secretsmanager:GetSecretValue", readThrough, [
    ["aws:ViaAWSService", "Bool", "true", "false"],
    ["aws:CalledVia", "ForAllValues:StringEquals", "ssm.amazonaws.com", "secretsmanager.amazonaws.com"],
  ]),
  ...cases("kms:Decrypt", readThrough, [
    ["aws:CalledViaFirst", "StringLike", "ssm.*", "secretsmanager.*"],
    ["aws:CalledViaLast", "StringLike", "secretsmanager.*", "ssm.*"],
  ]),
  ...cases(
    "kms:CreateGrant",
    async ({ kms }) => {
      const { KeyMetadata } = await kms.describeKey({ KeyId: "alias/app" });
      await kms.createGrant({ KeyId: KeyMetadata!.KeyId!, GranteePrincipal: roleArn, Operations: ["Decrypt"] });
    },
    [["kms:GrantIsForAWSResource", "Bool", "false", "true"]],
  ),
];

const managedPolicy = "arn:aws:iam::aws:policy/PowerUserAccess";
const otherPolicy = "arn:aws:iam::aws:policy/AdministratorAccess";
const assumption = { RoleArn: roleArn, RoleSessionName: "session" };
const fullAssumption = { ...assumption, ExternalId: "out", SourceIdentity: "ann", Tags, TransitiveTagKeys: ["team"] };

const instances = (region: string) => `arn:aws:ec2:${region}:${testAccount}:instance/*`;

const identityCases = [
  ...cases("iam:AttachRolePolicy", ({ iam }) => iam.attachRolePolicy({ RoleName: "app", PolicyArn: managedPolicy }), [
    ["iam:PolicyARN", "ArnEquals", managedPolicy, otherPolicy],
    ["iam:ResourceTag/team", "StringEquals", "web", "db"],
    ["iam:PermissionsBoundary", "Null", "true", "false"],
  ]),
  ...cases(
    "iam:CreateUser",
    ({ iam }) => iam.createUser({ UserName: "bob", PermissionsBoundary: managedPolicy, Tags }),
    [
      ["iam:PermissionsBoundary", "ArnEquals", managedPolicy, otherPolicy],
      ["aws:RequestTag/team", "StringEquals", "web", "db"],
      ["aws:ResourceTag/team", "StringEquals", "web", "db"],
    ],
  ),
  ...cases("iam:PassRole", ({ iam }) => iam.addRoleToInstanceProfile({ InstanceProfileName: "app", RoleName: "app" }), [
    ["iam:PassedToService", "StringEquals", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com"],
    ["iam:AssociatedResourceArn", "ArnLike", instances("*"), instances(testRegion)],
  ]),
  ...cases("sts:AssumeRole", ({ sts }) => sts.assumeRole(fullAssumption), [
    ["sts:ExternalId", "StringEquals", "out", "in"],
    ["sts:RoleSessionName", "StringEquals", "session", "other"],
    ["sts:SourceIdentity", "StringEquals", "ann", "bob"],
    ["sts:TransitiveTagKeys", "ForAllValues:StringEquals", "team", "stage"],
    ["aws:RequestTag/team", "StringEquals", "web", "db"],
    ["iam:ResourceTag/team", "StringEquals", "web", "db"],
  ]),
];

export const caseTable: readonly Case[] = [
  ...globalCases,
  ...parameterCases,
  ...forwardedCases,
  ...secretCases,
  ...identityCases,
  ...ecsCases,
  ...logAndImageCases,
];
