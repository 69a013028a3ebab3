import assert from "node:assert/strict";
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
} from "@aws-sdk/client-ssm";
import { assertRefused, testParameters } from "../ssm.fixture.ts";

const string = { Type: "String", Value: "v" } as const;

const ssmName = /^Parameter name: can't be prefixed with "ssm" \(case-insensitive\)\. If formed as a path/;
const awsOrSsm = /^Parameter name: can't be prefixed with "aws" or "ssm" \(case-insensitive\)\.$/;
const levels = (count: number) => "/l".repeat(count);

const refused: readonly (readonly [string, Partial<PutParameterCommandInput>, string, RegExp])[] = [
  [
    "a path without a slash",
    { Name: "a/b" },
    "ValidationException",
    /^Parameter name must be a fully qualified name\.$/,
  ],
  ["what a shell makes of a path", { Name: "C:/a b" }, "ValidationException", /fully qualified/],
  ["a space in the name", { Name: "a b" }, "ValidationException", ssmName],
  ["an empty level", { Name: "/a//b" }, "ValidationException", ssmName],
  ["a slash at the end", { Name: "/a/" }, "ValidationException", ssmName],
  ["a selector", { Name: "a:1" }, "ValidationException", ssmName],
  ["an ARN", { Name: "arn:aws:ssm:us-east-1:111122223333:parameter/a" }, "ValidationException", /fully qualified/],
  ["/ssm", { Name: "/SSM/a" }, "ValidationException", ssmName],
  ["ssm", { Name: "ssmA" }, "ValidationException", awsOrSsm],
  ["aws", { Name: "Aws" }, "ValidationException", awsOrSsm],
  ["/aws", { Name: "/AWS/a" }, "AccessDeniedException", /^No access to reserved parameter name: AWS\/a\.$/],
  ["16 levels", { Name: levels(16) }, "HierarchyLevelLimitExceededException", /maximum of 15 levels/],
  ["a long name", { Name: "a".repeat(1000) }, "ValidationException", /1011/],
  [
    "no type",
    { Type: undefined },
    "ValidationException",
    /^A parameter type is required when you create a parameter\.$/,
  ],
  ["another type", { Type: "Text" as "String" }, "ValidationException", /at 'type' .*satisfy enum value set/],
  ["no value", { Value: "" }, "ValidationException", /Value '' at 'value'.*greater than or equal to 1/],
  ["a nested parameter", { Value: "a {{ssm:b}} c" }, "ValidationException", /can't nest another parameter/],
  ["a megabyte of braces, soon", { Value: "{".repeat(1_000_000) }, "ValidationException", /of 8192 characters/],
  ["4097 bytes", { Value: "v".repeat(4097) }, "ValidationException", /^Standard tier parameters support a maximum/],
  ["2049 letters of 2 bytes", { Value: "é".repeat(2049) }, "ValidationException", /^Standard tier parameters support/],
  ["8193 bytes", { Value: "v".repeat(8193), Tier: "Advanced" }, "ValidationException", /of 8192 characters/],
  [
    "8193 bytes for any tier",
    { Value: "v".repeat(8193), Tier: "Intelligent-Tiering" },
    "ValidationException",
    /of 8192/,
  ],
  [
    "a key for a String",
    { KeyId: "alias/own" },
    "ValidationException",
    /^KeyId is required for SecureString type parameter only\.$/,
  ],
  [
    "tags with overwrite",
    { Overwrite: true, Tags: [{ Key: "k", Value: "v" }] },
    "ValidationException",
    /^Invalid request: tags and overwrite/,
  ],
  ["AWS's tags", { Tags: [{ Key: "aws:k", Value: "v" }] }, "ValidationException", /aws: prefixed/],
  [
    "a policy of a standard parameter",
    { Policies: '[{"Type":"NoChangeNotification","Version":"1.0","Attributes":{"After":"1","Unit":"Days"}}]' },
    "ValidationException",
    /Standard tier parameters don't support parameter policies/,
  ],
  ["a malformed policy", { Policies: "[" }, "ValidationException", /^Invalid policies input: /],
  ["an unknown policy", { Policies: '[{"Type":"Ex"}]' }, "InvalidPolicyTypeException", /isn't supported/],
  ["a policy's version", { Policies: '[{"Type":"Expiration"}]' }, "InvalidPolicyAttributeException", /must be 1.0/],
  ["a data type", { DataType: "Text" }, "ValidationException", /^The following data type is not supported: Text \(/],
  ["no image", { DataType: "aws:ec2:image", Value: "v" }, "ValidationException", /aws:ec2:image/],
  ["an integration that is no secret", { DataType: "aws:ssm:integration" }, "ValidationException", /SecureString/],
  ["a pattern that is none", { AllowedPattern: "(" }, "InvalidAllowedPatternException", /regular expression/],
  [
    "an endless pattern",
    { AllowedPattern: "(v+)+", Value: `${"v".repeat(40)}!` },
    "InvalidAllowedPatternException",
    /too long/,
  ],
  [
    "a part that matches",
    { AllowedPattern: "v", Value: "vv" },
    "ParameterPatternMismatchException",
    /allowedPattern: v$/,
  ],
];

testParameters("PutParameter refuses what AWS refuses, and stores nothing", async ({ client }) => {
  for (const [what, input, name, message] of refused) {
    const command = new PutParameterCommand({ Name: "/a/b", ...string, ...input } as PutParameterCommandInput);
    await assertRefused(client.send(command), name, message).catch((cause) => assert.fail(`${what}: ${cause}`));
  }
  const { Parameters } = await client.send(new DescribeParametersCommand({}));
  assert.deepEqual(Parameters, []);
});

const accepted: readonly Partial<PutParameterCommandInput>[] = [
  { Name: "a.B_c-1" },
  { Name: "awsExampleParameter" },
  { Name: levels(15) },
  { Value: "v".repeat(4096) },
  { Value: "a\u0000b {{ c" },
  { DataType: "aws:ec2:image", Value: "ami-0123456789abcdef0" },
  { Type: "SecureString", DataType: "aws:ssm:integration" },
  { Type: "StringList", Value: "a,b" },
  { AllowedPattern: "(?i)[A-Z]" },
  { Policies: "[]" },
  { Description: "a\u0000b" },
];

testParameters("PutParameter accepts what AWS accepts, and reads give it back", async ({ client }) => {
  for (const [index, input] of accepted.entries()) {
    const Name = input.Name ?? `/n/${index}`;
    await client.send(new PutParameterCommand({ Name, ...string, ...input }));
    const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
    assert.equal(Parameter?.Value, input.Value ?? "v");
    const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name }));
    assert.equal(Parameters?.[0]?.Description, input.Description);
  }
});
