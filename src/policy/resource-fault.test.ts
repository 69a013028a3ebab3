import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePolicy } from "./parse-policy.ts";

const parse = (resource: object) =>
  parsePolicy({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", ...resource }] }, "identity");
const legacy = "The policy failed legacy parsing";

const cases: readonly (readonly [string, string | undefined])[] = [
  ["arn:aws:s3::bucket", legacy],
  ["arn:aws:iam::role/app", legacy],
  ["arn:aws:ssm::111122223333", legacy],
  ["arn:aws:ssm:eu-west-1:111122223333", undefined],
  [
    "arn:aws:iam:us-east-1:111122223333:role/app",
    "IAM resource arn:aws:iam:us-east-1:111122223333:role/app cannot contain region information.",
  ],
  [
    "arn:aws:s3:us-west-2:111122223333:bucket/key",
    "Resource arn:aws:s3:us-west-2:111122223333:bucket/key can not contain region information.",
  ],
  ["arn:aws:s3:us-west-2:111122223333:accesspoint/point", undefined],
  ["arn:aws:s3:us-west-2:111122223333:storage-lens-group/group", undefined],
  ["arn:aws:s3:us-west-2:111122223333:*", undefined],
  ["arn:aws:s3:*:*:bucket", undefined],
  ["arn:aws:iam::111122223333:role/app", undefined],
  ["arn:aws:s3:::bucket/a::b", undefined],
  ["arn:aws:secretsmanager:us-east-1:111122223333:secret:db-??????", undefined],
  ["*", undefined],
  ["arn:aws:iam::111122223333:*", undefined],
  ["arn:aws:iam::111122223333:root", undefined],
  ["arn:aws:iam::aws:policy/ReadOnlyAccess", undefined],
  [
    "arn:aws:iam::111122223333:rootless",
    'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
  ],
  ["none:aws:s3:::box", 'Resource none:aws:s3:::box must be in ARN format or "*".'],
  ["arn:aws:*:::box", "Resource vendor must be fully qualified and cannot contain regexes."],
];

for (const [resource, fault] of cases) {
  test(`IAM ${fault === undefined ? "takes" : "refuses"} the resource ${resource}`, () => {
    for (const element of [{ Resource: ["*", resource] }, { NotResource: resource }]) {
      if (fault === undefined) assert.ok(parse(element));
      else assert.throws(() => parse(element), { name: "MalformedPolicy", message: fault });
    }
  });
}
