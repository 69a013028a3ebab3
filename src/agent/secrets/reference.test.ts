import assert from "node:assert/strict";
import { test } from "node:test";
import { parameterToRequest, parseParameterReference, parseSecretReference } from "./reference.ts";

const A = "arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf";
const invalid =
  "an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.";

const secrets: readonly (readonly [string, object | string])[] = [
  [A, { secretId: A }],
  [`${A}:key::`, { secretId: A, jsonKey: "key" }],
  [`${A}:::`, { secretId: A }],
  [`${A}::AWSPREVIOUS:`, { secretId: A, versionStage: "AWSPREVIOUS" }],
  [`${A}:::id`, { secretId: A, versionId: "id" }],
  [`${A}:key:stage:id`, { secretId: A, jsonKey: "key", versionStage: "stage", versionId: "id" }],
  [`${A}:a.b::`, { secretId: A, jsonKey: "a.b" }],
  [`${A}:key`, invalid],
  [`${A}:wrong:format`, invalid],
  [`${A}:key:stage:id:more`, invalid],
  ["arn:aws:secretsmanager:us-west-2:123456789012:secret", invalid],
  ["arn:aws:secretsmanager:us-west-2:123456789012:", invalid],
  ["my-secret", "arn: invalid prefix"],
  ["", "arn: invalid prefix"],
  ["ARN:aws:secretsmanager:r:a:secret:x", "arn: invalid prefix"],
  ["arn:aws:secretsmanager", "arn: not enough sections"],
  ["arn:", "arn: not enough sections"],
];

for (const [valueFrom, expected] of secrets) {
  test(`parseSecretReference parses ${JSON.stringify(valueFrom)}`, () => {
    const parsed = parseSecretReference(valueFrom);
    assert.deepEqual(parsed.ok ? parsed.reference : parsed.error, expected);
  });
}

const P = "arn:aws:ssm:us-west-2:123456789012:parameter";
const own: readonly (readonly [string, string])[] = [
  ["foo", "foo"],
  ["/a/b", "/a/b"],
  ["/a/b:3", "/a/b:3"],
  ["foo:label", "foo:label"],
  [`${P}/foo`, "foo"],
  [`${P}/a/b`, "/a/b"],
  [`${P}/foo:3`, "foo:3"],
  [`${P}/a/b:prod-1`, "/a/b:prod-1"],
  [`${P}/api//key`, "/api//key"],
  ["arn:aws-cn:ssm:us-west-2:123456789012:parameter/foo", "foo"],
  ["arn:aws:ssm:us-west-2::parameter/aws/service/x", "/aws/service/x"],
  ["arn:aws:ssm:us-west-2:999999999999:parameter/foo", "arn:aws:ssm:us-west-2:999999999999:parameter/foo"],
  ["arn:aws:ssm:us-east-1:123456789012:parameter/foo:3", "arn:aws:ssm:us-east-1:123456789012:parameter/foo:3"],
  ["arn:aws:ssm:us-west-2:123456789012:document/foo", "arn:aws:ssm:us-west-2:123456789012:document/foo"],
];

for (const [valueFrom, expected] of own) {
  test(`parameterToRequest asks for ${expected} where ${valueFrom} is named`, () => {
    assert.equal(parameterToRequest(valueFrom, { account: "123456789012", region: "us-west-2" }), expected);
  });
}

const parts: readonly (readonly [string, string, string, string])[] = [
  ["foo", "foo", "", "foo"],
  ["/a/b:3", "/a/b", "3", "/a/b"],
  [`${P}/foo`, `${P}/foo`, "", "foo"],
  [`${P}/a/b:prod`, `${P}/a/b`, "prod", "/a/b"],
  ["arn:aws:ssm:document/x", "arn:aws:ssm:document/x", "", "arn:aws:ssm:document/x"],
];

for (const [reference, base, selector, name] of parts) {
  test(`parseParameterReference takes ${reference} apart`, () => {
    assert.deepEqual(parseParameterReference(reference), { base, selector, name });
  });
}
