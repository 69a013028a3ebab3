import assert from "node:assert/strict";
import { test } from "node:test";
import { parameterReference, secretReference } from "./references.ts";

const secret = "arn:aws:secretsmanager:us-east-1:000000000000:secret:db-a1B2c3";
const parameter = "arn:aws:ssm:us-east-1:000000000000:parameter/db";

test("references have a secret's JSON key and stage, and a parameter's version, behind the ARN", () => {
  assert.equal(secretReference(secret, { jsonKey: "", stage: "" }), secret);
  assert.equal(secretReference(secret, { jsonKey: "password", stage: "" }), `${secret}:password::`);
  assert.equal(secretReference(secret, { jsonKey: "", stage: "AWSPREVIOUS" }), `${secret}::AWSPREVIOUS:`);
  assert.equal(parameterReference(parameter, ""), parameter);
  assert.equal(parameterReference(parameter, "3"), `${parameter}:3`);
});
