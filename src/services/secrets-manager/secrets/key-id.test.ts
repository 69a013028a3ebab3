import assert from "node:assert/strict";
import { test } from "node:test";
import { storedKeyId } from "./key-id.ts";

const place = { account: "111122223333", region: "eu-west-1", partition: "aws" };

const keys: [given: string | undefined, stored: string | undefined][] = [
  [undefined, undefined],
  ["", undefined],
  ["alias/aws/secretsmanager", undefined],
  ["arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager", undefined],
  ["alias/mine", "arn:aws:kms:eu-west-1:111122223333:alias/mine"],
  ["1234abcd-12ab-34cd-56ef-1234567890ab", "1234abcd-12ab-34cd-56ef-1234567890ab"],
];

for (const [given, stored] of keys) {
  test(`storedKeyId keeps ${given} as ${stored}`, () => assert.equal(storedKeyId(place, given), stored));
}
