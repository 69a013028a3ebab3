import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKeyReference } from "./reference.ts";

const id = "01234567-89ab-4cde-8f01-23456789abcd";
const scope = { account: "111122223333", region: "us-east-1" };
const arn = "arn:aws:kms:us-east-1:444455556666";
const invalid = (message: string) => ({ kind: "invalid", message });

const cases: [string, object][] = [
  [id, { kind: "key", account: "111122223333", id }],
  [`${arn}:key/${id}`, { kind: "key", account: "444455556666", id }],
  ["alias/a/b", { kind: "alias", account: "111122223333", name: "alias/a/b", isArn: false }],
  [`${arn}:alias/a`, { kind: "alias", account: "444455556666", name: "alias/a", isArn: true }],
  [
    "mrk-00000000000000000000000000000000",
    { kind: "key", account: "111122223333", id: "mrk-00000000000000000000000000000000" },
  ],
  ["fake-key-id", invalid("Invalid keyId 'fake-key-id'")],
  [id.replaceAll("-", ""), invalid(`Invalid keyId '${id.replaceAll("-", "")}'`)],
  [`${arn}:key/x`, invalid(`Invalid keyId '${arn}:key/x'`)],
  [`arn:aws:kms:eu-west-1:111122223333:key/${id}`, invalid("Invalid arn eu-west-1")],
  ["arn:aws:kms:eu-west-1:111122223333:alias/a", invalid("Invalid arn eu-west-1")],
  ["arn:aws:s3:::bucket", invalid("Invalid arn arn:aws:s3:::bucket")],
  ["arn:nonsense", invalid("Invalid arn arn:nonsense")],
  [`arn:aws:kms:us-east-1::key/${id}`, invalid(`Invalid arn arn:aws:kms:us-east-1::key/${id}`)],
  [`${arn}:grant/x`, invalid(`Invalid arn ${arn}:grant/x`)],
];

for (const [text, expected] of cases) {
  test(`parseKeyReference reads ${text}`, () => {
    assert.deepEqual(parseKeyReference(text, scope), expected);
  });
}
