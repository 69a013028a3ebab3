import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../../api/client.ts";
import { contextOf, lines, simulate } from "./simulate.ts";

test("a form's lines are what is written in them", () => {
  assert.deepEqual(lines(" a:b \r\n\n c:d"), ["a:b", "c:d"]);
  assert.deepEqual(contextOf(""), []);
  assert.deepEqual(contextOf("aws:SourceIp = 10.0.0.1\naws:TagKeys=a, b"), [
    { ContextKeyName: "aws:SourceIp", ContextKeyValues: ["10.0.0.1"], ContextKeyType: "string" },
    { ContextKeyName: "aws:TagKeys", ContextKeyValues: ["a", "b"], ContextKeyType: "stringList" },
  ]);
  assert.equal(contextOf("aws:SourceIp"), undefined);
});

test("each action has a verdict for each resource", async () => {
  const one = { EvalResourceName: "arn:a", EvalResourceDecision: "explicitDeny", MissingContextValues: ["aws:x"] };
  const MatchedStatements = [{ SourcePolicyId: "p", StartPosition: { Line: 4, Column: 1 } }];
  const EvaluationResults = [
    { EvalActionName: "a:B", EvalDecision: "explicitDeny", ResourceSpecificResults: [{ ...one, MatchedStatements }] },
    { EvalActionName: "c:D", EvalResourceName: "*", EvalDecision: "allowed" },
  ];
  const api = { region: "r", call: async () => ({ EvaluationResults, IsTruncated: false }) } as unknown as Api;
  const found = await simulate(api, { principal: "p", actions: [], resources: [], context: [] });
  assert.deepEqual(found, [
    {
      ...{ action: "a:B", resource: "arn:a", decision: "explicitDeny", missing: ["aws:x"], isOutsideBoundary: false },
      statements: [{ policy: "p", line: 4 }],
    },
    { action: "c:D", resource: "*", decision: "allowed", statements: [], missing: [], isOutsideBoundary: false },
  ]);
});
