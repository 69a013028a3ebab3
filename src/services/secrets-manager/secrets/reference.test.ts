import assert from "node:assert/strict";
import { test } from "node:test";
import type { Call } from "../../../model/call.ts";
import { nameInArn, secretReference } from "./reference.ts";

const call = { account: "111122223333", region: "eu-west-1", partition: "aws" } as Call;
const here = { account: "111122223333", region: "eu-west-1" };
const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret";

const references: [name: string, secretId: string, expected: ReturnType<typeof secretReference>][] = [
  ["a name", "db", { ...here, arn: `${arn}:db`, name: "db" }],
  ["a name with every character", "a/_+=.@-!9", { ...here, arn: `${arn}:a/_+=.@-!9`, name: "a/_+=.@-!9" }],
  ["a name that looks like one with a suffix", "db-AbCdEf", { ...here, arn: `${arn}:db-AbCdEf`, name: "db-AbCdEf" }],
  ["a complete ARN", `${arn}:db-AbCdEf`, { ...here, arn: `${arn}:db-AbCdEf` }],
  ["a partial ARN", `${arn}:prod/db`, { ...here, arn: `${arn}:prod/db`, name: "prod/db" }],
  [
    "a partial ARN with seven characters after the hyphen",
    `${arn}:db-abcdefg`,
    { ...here, arn: `${arn}:db-abcdefg`, name: "db-abcdefg" },
  ],
  [
    "a partial ARN with something else than letters and digits",
    `${arn}:db-ab/def`,
    { ...here, arn: `${arn}:db-ab/def`, name: "db-ab/def" },
  ],
  [
    "an ARN of another account and region",
    "arn:aws:secretsmanager:us-east-2:444455556666:secret:db-AbCdEf",
    {
      account: "444455556666",
      region: "us-east-2",
      arn: "arn:aws:secretsmanager:us-east-2:444455556666:secret:db-AbCdEf",
    },
  ],
  ["an ARN with an ECS selector", `${arn}:db-AbCdEf:password::`, undefined],
  ["an ARN of another service", "arn:aws:ssm:eu-west-1:111122223333:parameter/db", undefined],
  ["an ARN of another partition", "arn:aws-cn:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf", undefined],
  ["an ARN without a name", `${arn}:`, undefined],
  ["a name with a space", "a b", undefined],
  ["a name with NUL", "a\0b", undefined],
  ["a name with a line break at its end", "a\n", undefined],
];

for (const [name, secretId, expected] of references) {
  test(`secretReference reads ${name}`, () => assert.deepEqual(secretReference(call, secretId), expected));
}

test("nameInArn leaves the random suffix out", () => {
  assert.equal(nameInArn(`${arn}:prod/db-AbCdEf`), "prod/db");
  assert.equal(nameInArn(`${arn}:prod/db`), "prod/db");
});
