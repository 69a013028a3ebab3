import assert from "node:assert/strict";
import { test } from "node:test";
import type * as sdk from "@aws-sdk/client-iam";
import { allow, document, openIam } from "../iam.fixture.ts";
import { bucket, getObject } from "./simulation.fixture.ts";

test("SimulateCustomPolicy reads context values of every type", async () => {
  await using context = await openIam();
  const { iam } = context;
  const types: readonly [sdk.ContextKeyTypeEnum, string, string, string[]][] = [
    ["string", "StringEquals", "x", ["x"]],
    ["stringList", "ForAllValues:StringEquals", "x", ["x", "x"]],
    ["numeric", "NumericLessThan", "10", ["9.5"]],
    ["numericList", "ForAnyValue:NumericEquals", "1", ["3", "01.00"]],
    ["boolean", "Bool", "true", ["True"]],
    ["booleanList", "ForAnyValue:Bool", "false", ["true", "false"]],
    ["ip", "IpAddress", "10.0.0.0/8", ["10.1.2.3"]],
    ["ipList", "ForAnyValue:IpAddress", "2001:db8::/32", ["2001:db8::1"]],
    ["binary", "BinaryEquals", "eWVz", ["eWVz"]],
    ["binaryList", "ForAnyValue:BinaryEquals", "eWVz", ["eWVz"]],
    ["date", "DateLessThan", "2035-01-02", ["2030-01-02T03:04:05Z"]],
    ["dateList", "ForAnyValue:DateGreaterThan", "2035-01-02", ["2036-01-02"]],
  ];
  for (const [type, operator, wanted, values] of types) {
    const { EvaluationResults: results } = await iam.simulateCustomPolicy({
      PolicyInputList: [document(allow("*", { Condition: { [operator]: { "test:key": wanted } } }))],
      ActionNames: ["s3:GetObject"],
      ContextEntries: [{ ContextKeyName: "test:key", ContextKeyType: type, ContextKeyValues: values }],
    });
    assert.equal(results?.[0]?.EvalDecision, "allowed", type);
  }
});

const entry = (type: string, ...values: string[]) => ({
  ContextEntries: [{ ContextKeyName: "test:key", ContextKeyType: type as "string", ContextKeyValues: values }],
});

const refusals: readonly (readonly [name: string, change: object, message: RegExp])[] = [
  ["an action without service", { ActionNames: ["GetObject"] }, /The action is invalid since it is missing names/],
  [
    "a resource that is no ARN",
    { ResourceArns: ["14a050d4"] },
    /ResourceNames are not in a valid ARN format: 14a050d4\./,
  ],
  ["* beside a resource", { ResourceArns: ["*", bucket] }, /you cannot include both \* and individual resources/],
  ["an owner that is no ARN", { ResourceOwner: "123456789012" }, /'123456789012' is not a valid as a Resource Owner\./],
  [
    "a caller that is a session",
    { CallerArn: "arn:aws:sts::1:assumed-role/r/s" },
    /Caller must be an IAM user, role or group/,
  ],
  ["a resource's policy without caller", { ResourcePolicy: document() }, /Caller cannot be null or empty\./],
  ["a malformed policy", { PolicyInputList: ["{"] }, /Syntax errors in policy\./],
  ["two boundaries", { PermissionsBoundaryPolicyInputList: [document(), document()] }, /Only one permissions boundary/],
  [
    "a number that is none",
    entry("numeric", "0x10"),
    /Invalid context value for key test:key: expected numeric format\./,
  ],
  [
    "a network for an address",
    entry("ip", "192.0.2.0/24"),
    /Invalid context value for key test:key: expected IP address\./,
  ],
  ["an address with a zone", entry("ip", "fe80::1%eth0"), /expected IP address\./],
  ["what is no base64", entry("binary", "eWVz\n"), /expected base-64 encoded binary format\./],
  ["no values", entry("stringList"), /Context values for context key test:key cannot be null or empty\./],
  [
    "no type",
    { ContextEntries: [{ ContextKeyName: "test:key", ContextKeyValues: ["x"] }] },
    /Context key test:key has invalid type null\./,
  ],
  [
    "no name",
    { ContextEntries: [{ ContextKeyType: "string", ContextKeyValues: ["x"] }] },
    /ContextKeyName cannot be null or empty\./,
  ],
  [
    "a scenario of EC2",
    { ResourceHandlingOption: "EC2-VPC-EBS", ResourceArns: [bucket] },
    /Action does not support resource handling options: s3:GetObject\./,
  ],
];

test("SimulateCustomPolicy refuses wrong input as AWS does", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const [name, change, message] of refusals) {
    const refused = iam.simulateCustomPolicy({ ...getObject, ...change } as sdk.SimulateCustomPolicyCommandInput);
    await assert.rejects(refused, (error: Error) => {
      assert.equal(error.name, "InvalidInputException", name);
      assert.match(error.message, message);
      return true;
    });
  }
});
