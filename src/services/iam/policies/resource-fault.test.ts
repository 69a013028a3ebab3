import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePolicy } from "../../../policy/index.ts";
import { findAwsManaged, listAwsManaged } from "./aws-managed-policies.ts";
import { resourceFault } from "./resource-fault.ts";

const policy = (resource: object) =>
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
];

for (const [resource, fault] of cases) {
  test(`IAM ${fault === undefined ? "takes" : "refuses"} the resource ${resource}`, () => {
    assert.equal(resourceFault(policy({ Resource: ["*", resource] })), fault);
    assert.equal(resourceFault(policy({ NotResource: resource })), fault);
  });
}

test("IAM takes the resources of AWS's managed policies", () => {
  for (const { arn } of listAwsManaged("aws")) {
    assert.equal(resourceFault(parsePolicy(findAwsManaged(arn)?.version.document, "identity")), undefined, arn);
  }
});
