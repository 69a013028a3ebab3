import assert from "node:assert/strict";
import { test } from "node:test";
import { MalformedPolicy } from "./malformed-policy.ts";
import { parsePolicy } from "./parse-policy.ts";

/** What AWS answered when a customer managed policy was made of these documents. */
function allow(changes: object = {}): object {
  return { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::box", ...changes };
}

function of(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements.length === 1 ? statements[0] : statements };
}

/** By AWS's message. */
const refused: Readonly<Record<string, readonly unknown[]>> = {
  "Syntax errors in policy.": [
    "This is not a json document",
    { ...{ Version: "2013-10-17" }, Statement: allow() },
    { Version: "2012-10-17" },
    { Version: "2012-10-17", Statement: ["text"] },
    { ...{ Version: "2012-10-17", "Extra field": "value" }, Statement: allow() },
    of(allow({ "Extra field": "value" })),
    { ...{ Version: "2012-10-17", Id: ["id"] }, Statement: allow() },
    { ...{ Version: "2012-10-17", Id: {} }, Statement: allow() },
    of(allow({ Effect: "invalid" })),
    { Version: "2012-10-17", Statement: [] },
    of({ Action: "s3:GetObject", Resource: "arn:aws:s3:::box" }),
    of(allow({ Resource: { a: "arn:aws:s3:::box" } })),
    of(allow({ Effect: "Deny", Resource: ["text", {}] })),
    of({ Effect: "Allow", NotAction: "s3:GetObject", Resource: "arn:aws:s3:::box", NotResource: [] }),
    of(allow({ Effect: "Deny", Action: [[]] })),
    of(allow({ NotAction: "s3:ListBucket", Action: [] })),
    of(allow({ Action: {} })),
    of(allow({ Condition: [] })),
    of(allow({ Condition: "a" })),
    of(allow({ Condition: { a: "b" } })),
    of(allow({ Condition: { DateGreaterThan: "b" } })),
    of(allow({ Condition: { DateGreaterThan: [] } })),
    of(allow({ Condition: { DateGreaterThan: { a: {} } } })),
    of({ Effect: "Allow", Resource: "arn:aws:s3:::box", Condition: { DateGreaterThan: { a: {} } } }),
    of(allow({ Condition: { x: { a: "1" } } })),
    of(allow({ Condition: { "ForAnyValue::StringEqualsIfExists": { a: "x" } } })),
    of(allow({ Condition: [{ "ForAllValues:StringEquals": { "aws:TagKeys": "Department" } }] })),
    of(allow({ Sid: {} })),
    of(allow({ Sid: [] })),
    of(allow({ NotAction: "s3:GetObject", Action: "iam:dsf" })),
    of(allow({ NotResource: "*" })),
  ],
  "Policy document must be version 2012-10-17 or greater.": [
    { Statement: allow() },
    { ...{ Version: "2008-10-17" }, Statement: allow() },
    { Statement: [allow({ Sid: "Same" }), { Sid: "Same", Effect: "Allow" }] },
    { Statement: allow({ Condition: { DateGreaterThan: { a: "soon" } } }) },
    { Statement: allow({ Effect: "denY" }) },
  ],
  "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.": [
    of(allow({ Action: "invalid" })),
    of({ Effect: "Allow", NotAction: "", Resource: "arn:aws:s3:::box" }),
    of({ Effect: "Allow", Action: "invalid" }),
  ],
  "Vendor a a is not valid": [of(allow({ Action: "a a:ListBucket" }))],
  "Actions/Condition can contain only one colon.": [
    of(allow({ Action: "s3:List:Bucket" })),
    of(allow({ Action: "s3:ListBucket" }), allow({ Action: "s:3s:ListBucket" })),
  ],
  'Resource invalid resource must be in ARN format or "*".': [of(allow({ Resource: "invalid resource" }))],
  'Resource  must be in ARN format or "*".': [
    of(
      allow({
        Sid: "EnableDisableHongKong",
        Action: ["account:EnableRegion", "account:DisableRegion"],
        Resource: "",
        Condition: { StringEquals: { "account:TargetRegion": "ap-east-1" } },
      }),
      allow({ Sid: "ViewConsole", Action: ["aws-portal:ViewAccount", "account:ListRegions"], Resource: "" }),
    ),
    of(allow({ Resource: "" })),
  ],
  'Resource text must be in ARN format or "*".': [
    of(allow({ Resource: ["text"] })),
    of(allow({ Action: "s:3:ListBucket", Resource: "text" })),
  ],
  'Partition "bq" is not valid for resource "arn:bq:*:*:*:*".': [
    of({ Effect: "Allow", NotAction: "s3:ListBucket", Resource: "a:bq" }),
  ],
  'Partition "b" is not valid for resource "arn:b:c:*:*:*".': [
    of({ Effect: "Allow", NotAction: "s3:ListBucket", Resource: "a:b:c" }),
  ],
  'Partition "b" is not valid for resource "arn:b:c:d:e:f:g:h".': [
    of({ Effect: "Allow", NotAction: "s3:ListBucket", Resource: "a:b:c:d:e:f:g:h" }),
  ],
  'Partition "s3" is not valid for resource "arn:s3:::box:*".': [of(allow({ Resource: "aws:s3:::box" }))],
  'Partition "error" is not valid for resource "arn:error:s3:::box".': [
    of(allow({ Resource: ["arn:error:s3:::box", "arn:error:s3::box"] })),
  ],
  "Policy statement must contain resources.": [
    of({ Effect: "Allow", Action: "s3:GetObject" }),
    of(allow({ Resource: [] })),
  ],
  "Policy statement must contain actions.": [
    of({ Effect: "Allow", Resource: "arn:aws:s3:::box" }),
    of({ Effect: "Allow" }),
    of(allow({ Action: [] })),
    of({ Effect: "Deny" }, allow()),
  ],
  'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.':
    [of(allow({ Resource: "arn:aws:iam:::box" }))],
  "The policy failed legacy parsing": [
    of(allow({ Resource: "arn:aws:s3::box" })),
    of({ Effect: "Allow", Resource: "arn:aws:s3::box" }),
    of(allow({ Effect: "denY" })),
    of(allow({ Condition: { DateGreaterThan: { a: "soon" } } })),
    of({ Effect: "Allow", Condition: { DateGreaterThan: { a: "soon" } } }),
    of({ Effect: "Allow", NotAction: "s3:GetObject", Resource: "arn:aws::::box" }),
    of({ Effect: "allow", Resource: "arn:aws:s3:us-east-1::box" }),
    of(allow({ Sid: "Same", Effect: "aLLow" }), { Sid: "Same", Effect: "Allow" }),
    of({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3::box" }),
    of(allow({ Condition: { DateLessThanEquals: { a: "234-13" } } })),
    of(allow({ Condition: { DateLessThanEquals: { a: "2016-12-13t2:00:00.593194+1" } } })),
    of(allow({ Condition: { DateLessThanEquals: { a: "2016-12-13t2:00:00.1999999999+10:59" } } })),
    of(allow({ Condition: { DateLessThan: { a: "9223372036854775808" } } })),
    of(allow({ Resource: "arn:error:s3:::box", Condition: { DateGreaterThan: { a: "soon" } } })),
    of(allow({ Resource: "arn:aws::logs" })),
  ],
  "Resource vendor must be fully qualified and cannot contain regexes.": [of(allow({ Resource: "arn:aws" }))],
  "IAM resource arn:aws:iam:us-east-1::box cannot contain region information.": [
    of(allow({ Resource: "arn:aws:iam:us-east-1::box" })),
  ],
  "Resource arn:aws:s3:us-east-1::box can not contain region information.": [
    of(allow({ Resource: "arn:aws:s3:us-east-1::box" })),
  ],
  "Statement IDs (SID) in a single policy must be unique.": [
    of(allow({ Sid: "Same" }), { Sid: "Same", Effect: "Allow" }),
  ],
};

const taken: readonly unknown[] = [
  of(allow({ Resource: ["arn:aws:s3:::box"] })),
  of(allow({ Action: "iam: asdf safdsf af " })),
  of(allow({ Resource: ["arn:aws:s3:::box", "*"] })),
  of(allow({ Action: "*" })),
  of(allow()),
  of(
    allow({
      Action: "service-prefix:action-name",
      Resource: "*",
      Condition: {
        DateGreaterThan: { "aws:CurrentTime": "2017-07-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2017-12-31T23:59:59Z" },
      },
    }),
  ),
  of(allow({ Action: "fsx:ListBucket" })),
  of(allow({ Resource: "arn:aws:iam:::user/box" })),
  of(allow({ Resource: "arn:aws:s33:::box" })),
  of(allow({ Resource: "arn:aws:logs" })),
  of(allow({ Condition: {} })),
  of(allow({ Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": "Department" } } })),
  of(allow({ Resource: "arn:aws:cloudwatch:us-east-1::box" })),
  of(allow({ Resource: "arn:aws:ec2:us-east-1::box" })),
  of(allow({ Resource: "arn:aws:invalid-service:::box" })),
  of(allow({ Resource: "arn:aws:invalid-service:us-east-1::box" })),
  of(
    allow({
      Condition: {
        DateGreaterThan: { "aws:CurrentTime": "2017-07-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2017-12-31T23:59:59Z" },
      },
    }),
  ),
  of(allow({ Condition: { DateGreaterThan: {} } })),
  of(allow({ Condition: { DateGreaterThan: { a: [] } } })),
  of(allow({ Condition: { a: {} } })),
  of(allow({ Sid: "dsfidtextsd" })),
  of({ Effect: "Allow", NotAction: "s3:GetObject", Resource: "arn:aws:s3:::box" }),
  of({
    Effect: "Deny",
    Action: "s3:*",
    NotResource: ["arn:aws:s3:::HRBucket/Payroll", "arn:aws:s3:::HRBucket/Payroll/*"],
  }),
  {
    ...{ Version: "2012-10-17", Id: "id" },
    Statement: { Effect: "Allow", NotAction: "s3:GetObject", Resource: "arn:aws:s3:::box" },
  },
  of(allow({ Action: "anything:ListBucket" })),
  of(allow({ Action: "s3-s:ListBucket" })),
  of(allow({ Action: "s3.s:ListBucket" })),
  of({ Effect: "Allow", NotAction: "s3:GetObject", NotResource: "*" }),
  of(allow({ Sid: "Same" }), allow()),
  of(allow({ Condition: { DateGreaterThan: { a: "01T" } } })),
  of(allow({ Condition: { x: {}, y: {} } })),
  of(allow({ Condition: { StringEqualsIfExists: { a: "x" } } })),
  of(allow({ Condition: { "ForAnyValue:StringEqualsIfExists": { a: "x" } } })),
  of(allow({ Condition: { DateLessThanEquals: { a: "2019-07-01T13:20:15Z" } } })),
  of(allow({ Condition: { DateLessThanEquals: { a: "2016-12-13T21:20:37.593194+00:00" } } })),
  of(allow({ Condition: { DateLessThanEquals: { a: "2016-12-13t2:00:00.593194+23" } } })),
  of(allow({ Condition: { DateLessThan: { a: "-292275054" } } })),
  of(allow({ Sid: "NullResource", Action: "kms:CreateGrant", Resource: ["arn:aws:kms:*:123456789012:key/*", null] })),
  of(
    allow({
      Action: ["ec2:AttachVolume", "ec2:DetachVolume"],
      Resource: ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:instance/*"],
      Condition: { ArnEquals: { "ec2:SourceInstanceARN": "arn:aws:ec2:*:*:instance/instance-id" } },
    }),
  ),
  of(
    allow({
      Sid: "StartStopIfTags",
      Action: ["ec2:StartInstances", "ec2:StopInstances", "ec2:DescribeTags"],
      Resource: "arn:aws:ec2:region:account-id:instance/*",
      Condition: {
        StringEquals: { "ec2:ResourceTag/Project": "DataAnalytics", "aws:PrincipalTag/Department": "Data" },
      },
    }),
  ),
  of(allow({ Action: "ec2:*", Resource: "*", Condition: { StringEquals: { "ec2:Region": "region" } } })),
  of(
    allow({ Action: "rds:*", Resource: ["arn:aws:rds:region:*:*"] }),
    allow({ Action: ["rds:Describe*"], Resource: ["*"] }),
  ),
  of(
    allow({ Sid: "", Action: "rds:*", Resource: ["arn:aws:rds:region:*:*"] }),
    allow({ Sid: "", Action: ["rds:Describe*"], Resource: ["*"] }),
  ),
  of(
    allow({
      Sid: "",
      Action: ["s3:*"],
      Resource: [
        "arn:aws:s3:us-west-2:123456789012:accesspoint/my-access-point",
        "arn:aws:s3:us-west-2:123456789012:accesspoint/my-access-point/object/*",
      ],
    }),
  ),
];

for (const [message, documents] of Object.entries(refused)) {
  test(`AWS refuses with "${message}"`, () => {
    for (const document of documents) {
      assert.throws(
        () => parsePolicy(JSON.stringify(document), "identity"),
        (error) => error instanceof MalformedPolicy && error.message === message,
        JSON.stringify(document),
      );
    }
  });
}

test("AWS takes odd documents", () => {
  for (const document of taken) {
    assert.doesNotThrow(() => parsePolicy(JSON.stringify(document), "identity"), JSON.stringify(document));
  }
});
