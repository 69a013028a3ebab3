import assert from "node:assert/strict";
import { test } from "node:test";
import { outcomeOf } from "./event.ts";
import { conditionKeys, mismatches, statementsOf } from "./statements.ts";

const action = "ssm:GetParameter";
const resource = "arn:aws:ssm:us-east-1:000000000000:parameter/shop/key";
const elements = (statement: object) => mismatches(statement, action, resource).map(({ element }) => element);

test("a statement fits by wildcards, and actions in any case", () => {
  assert.deepEqual(elements({ Action: "SSM:get*", Resource: "*" }), []);
  assert.deepEqual(elements({ Action: ["ssm:GetParameter?", "ssm:PutParameter"], Resource: resource }), ["Action"]);
  assert.deepEqual(elements({ Action: "*", Resource: resource.toUpperCase() }), ["Resource"]);
  assert.deepEqual(elements({ Action: "ssm:*", Resource: "arn:aws:ssm:*:*:parameter/${aws:username}/key" }), []);
  assert.deepEqual(elements({ Action: "ssm.*", Resource: "arn:aws:ssm:us-east-1:000000000000:parameter/" }), [
    "Action",
    "Resource",
  ]);
});

test("the negative elements turn it round", () => {
  assert.deepEqual(elements({ NotAction: "iam:*", NotResource: "arn:aws:s3:::*" }), []);
  assert.deepEqual(elements({ NotAction: "ssm:*", NotResource: "*" }), ["NotAction", "NotResource"]);
});

test("a policy has one statement or several, with conditions", () => {
  assert.equal(statementsOf('{"Statement":{"Effect":"Allow"}}').length, 1);
  assert.equal(statementsOf('{"Statement":[{},{}]}').length, 2);
  const Condition = { StringEquals: { "aws:a": "1" }, Bool: { "aws:a": "true", "aws:b": "true" } };
  assert.deepEqual(conditionKeys({ Condition }), ["aws:a", "aws:b"]);
});

test("an event is denied by its decision, or by its error where it has none", () => {
  const decision = { by: "identity", principal: "p", action, resource } as const;
  assert.equal(outcomeOf({}), "succeeded");
  assert.equal(outcomeOf({ errorCode: "ParameterNotFound" }), "failed");
  assert.equal(outcomeOf({ errorCode: "AccessDenied" }), "denied");
  assert.equal(
    outcomeOf({ errorCode: "E", additionalEventData: { decision: { ...decision, effect: "implicit-deny" } } }),
    "denied",
  );
  assert.equal(
    outcomeOf({ errorCode: "E", additionalEventData: { decision: { ...decision, effect: "allow" } } }),
    "failed",
  );
});
