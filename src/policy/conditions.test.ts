import assert from "node:assert/strict";
import { test } from "node:test";
import { compileCondition } from "./conditions.ts";
import { parseConditions } from "./parse-conditions.ts";
import type { Context } from "./variables.ts";

type Values = string | readonly string[];
type Case = readonly [operator: string, policy: Values, request: Values | undefined, expected: boolean];

function holds(operator: string, policy: Values, request: Values | undefined, others: Context = {}): boolean {
  const [condition] = parseConditions({ [operator]: { "Test:Key": policy } }, "identity");
  const context = { ...others, ...(request !== undefined && { "test:key": request }) };
  return compileCondition(condition!, "2012-10-17")(context);
}

function check(cases: readonly Case[]): void {
  for (const [operator, policy, request, expected] of cases) {
    const shown = `${operator} ${JSON.stringify(policy)} against ${JSON.stringify(request)}`;
    assert.equal(holds(operator, policy, request), expected, shown);
  }
}

test("String operators compare text", () => {
  check([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "a", "A", false],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", "a*", "a*", true],
    ["StringEquals", ["a", "b"], "b", true],
    ["StringEquals", [], "b", false],
    ["StringEquals", "a", undefined, false],
    ["StringNotEquals", "a", "a", false],
    ["StringNotEquals", "a", "b", true],
    ["StringNotEquals", ["a", "b"], "b", false],
    ["StringNotEquals", ["a", "b"], "c", true],
    ["StringNotEquals", "a", undefined, true],
    ["StringEqualsIgnoreCase", "Ab", "aB", true],
    ["StringEqualsIgnoreCase", "a", "b", false],
    ["StringNotEqualsIgnoreCase", "A", "a", false],
    ["StringNotEqualsIgnoreCase", "A", "b", true],
    ["StringLike", "a*", "abc", true],
    ["StringLike", "a?", "abc", false],
    ["StringLike", "A*", "abc", false],
    ["StringLike", ["x*", "a*"], "abc", true],
    ["StringLike", "*", undefined, false],
    ["StringNotLike", "a*", "abc", false],
    ["StringNotLike", "a*", "xbc", true],
    ["StringNotLike", "a*", undefined, true],
    ["stringequals", "a", "a", true],
  ]);
});

test("Numeric operators compare numbers", () => {
  check([
    ["NumericEquals", "10", "10.0", true],
    ["NumericEquals", "10", "11", false],
    ["NumericEquals", "10", "ten", false],
    ["NumericEquals", "ten", "ten", false],
    ["NumericEquals", "", "", false],
    ["NumericEquals", "0x10", "16", false],
    ["NumericNotEquals", "10", "11", true],
    ["NumericNotEquals", "10", "10", false],
    ["NumericLessThan", "10", "9", true],
    ["NumericLessThan", "10", "10", false],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericLessThanEquals", "10", "10.5", false],
    ["NumericGreaterThan", "-1", "0", true],
    ["NumericGreaterThan", "10", "9", false],
    ["NumericGreaterThanEquals", "10", "10", true],
    ["NumericGreaterThanEquals", "10", undefined, false],
  ]);
});

test("Date operators compare instants", () => {
  check([
    ["DateEquals", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z", true],
    ["DateEquals", "2026-01-02T03:04:05Z", "2026-01-02T05:04:05+02:00", true],
    ["DateEquals", "2026-01-02T03:04:05Z", "1767323045", true],
    ["DateEquals", "2026-01-02", "2026-01-02T00:00:00.000Z", true],
    ["DateEquals", "2026-01-02", "2026-01-02T00:00:00.5Z", false],
    ["DateNotEquals", "2026-01-02", "2026-01-03", true],
    ["DateLessThan", "2026-01-02T00:00:00Z", "2026-01-01T23:59:59Z", true],
    ["DateLessThan", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z", false],
    ["DateLessThanEquals", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z", true],
    ["DateGreaterThan", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00-01:00", true],
    ["DateGreaterThanEquals", "1767323045", "2026-01-02T03:04:05Z", true],
    ["DateGreaterThan", "2026-01-02", "soon", false],
    ["DateGreaterThan", "2026-01-02", "2026-02-30", false],
  ]);
});

test("Bool and BinaryEquals compare values, not their spelling", () => {
  check([
    ["Bool", "true", "true", true],
    ["Bool", "True", "true", true],
    ["Bool", "false", "true", false],
    ["Bool", "true", undefined, false],
    ["Bool", "false", undefined, false],
    ["Bool", "yes", "yes", false],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", true],
    ["BinaryEquals", "QQ==", "QQ", true],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ6", false],
    ["BinaryEquals", "not base64!", "not base64!", false],
  ]);
});

test("IpAddress operators know ranges of both families", () => {
  check([
    ["IpAddress", "203.0.113.0/24", "203.0.113.7", true],
    ["IpAddress", "203.0.113.0/24", "203.0.114.7", false],
    ["IpAddress", "203.0.113.7", "203.0.113.7", true],
    ["IpAddress", "203.0.113.7", "203.0.113.8", false],
    ["IpAddress", "0.0.0.0/0", "203.0.113.7", true],
    ["IpAddress", "0.0.0.0/0", "2001:db8::1", false],
    ["IpAddress", "2001:DB8::/32", "2001:db8:1::1", true],
    ["IpAddress", "2001:db8::/32", "2001:db9::1", false],
    ["IpAddress", "2001:db8::1", "2001:db8:0:0::1", true],
    ["IpAddress", "203.0.113.0/24", "::ffff:203.0.113.7", true],
    ["IpAddress", ["10.0.0.0/8", "203.0.113.0/24"], "203.0.113.7", true],
    ["IpAddress", "203.0.113.0/33", "203.0.113.0", false],
    ["IpAddress", "203.0.113.0/", "203.0.113.0", false],
    ["IpAddress", "203.0.113.0/24/8", "203.0.113.0", false],
    ["IpAddress", "fe80::1%eth0", "fe80::1%eth0", false],
    ["IpAddress", "*", "203.0.113.7", false],
    ["IpAddress", "203.0.113.0/24", "elsewhere", false],
    ["IpAddress", "203.0.113.0/24", undefined, false],
    ["NotIpAddress", "203.0.113.0/24", "203.0.113.7", false],
    ["NotIpAddress", "203.0.113.0/24", "198.51.100.1", true],
    ["NotIpAddress", ["10.0.0.0/8", "203.0.113.0/24"], "203.0.113.7", false],
    ["NotIpAddress", "203.0.113.0/24", undefined, true],
  ]);
});

const topic = "arn:aws:sns:eu-west-1:111122223333:topic";

test("Arn operators compare the parts apart", () => {
  check([
    ["ArnEquals", topic, topic, true],
    ["ArnEquals", "arn:aws:sns:*:111122223333:top*", topic, true],
    ["ArnLike", "arn:aws:sns:*:*:*", topic, true],
    ["ArnLike", "arn:aws:sns:*:topic", topic, false],
    ["ArnLike", "arn:aws:sns:*", topic, true],
    ["ArnLike", "*", "not an arn", false],
    ["ArnLike", topic, undefined, false],
    ["ArnNotEquals", topic, topic, false],
    ["ArnNotLike", "arn:aws:sqs:*:*:*", topic, true],
    ["ArnNotLike", topic, undefined, true],
  ]);
});

test("Null asks whether the key is there", () => {
  check([
    ["Null", "true", undefined, true],
    ["Null", "true", "x", false],
    ["Null", "false", "x", true],
    ["Null", "false", undefined, false],
    ["Null", "true", [], true],
    ["Null", ["true", "false"], "x", true],
    ["Null", "maybe", "x", false],
  ]);
});

test("IfExists holds without the key and tests it otherwise", () => {
  check([
    ["StringEqualsIfExists", "a", undefined, true],
    ["StringEqualsIfExists", "a", "a", true],
    ["StringEqualsIfExists", "a", "b", false],
    ["StringNotEqualsIfExists", "a", undefined, true],
    ["StringNotEqualsIfExists", "a", "a", false],
    ["BoolIfExists", "true", undefined, true],
    ["IpAddressIfExists", "10.0.0.0/8", "203.0.113.7", false],
    ["ForAnyValue:StringEqualsIfExists", "a", undefined, true],
    ["ForAnyValue:StringEqualsIfExists", "a", ["b"], false],
  ]);
});

test("Set operators compare every value of the request", () => {
  check([
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "b"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "y"], false],
    ["ForAnyValue:StringEquals", "a", "a", true],
    ["ForAnyValue:StringEquals", "a", undefined, false],
    ["ForAnyValue:StringEquals", "a", [], false],
    ["ForAnyValue:StringLike", "*", "", false],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "x"], true],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "b"], false],
    ["ForAnyValue:StringNotEquals", "a", undefined, false],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "x"], false],
    ["ForAllValues:StringEquals", "a", undefined, true],
    ["ForAllValues:StringEquals", "a", [], true],
    ["ForAllValues:StringEquals", "a", "", true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["x", "y"], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["x", "b"], false],
    ["ForAllValues:ArnLike", "arn:aws:sns:*:*:*", [topic, topic], true],
    ["forallvalues:stringequalsifexists", "a", ["b"], false],
  ]);
});

test("Operators without a set qualifier take a key with several values for any of them", () => {
  check([
    ["StringEquals", "a", ["x", "a"], true],
    ["StringNotEquals", "a", ["x", "a"], false],
  ]);
});

test("Variables stand in string and ARN operators only, and without value are like nothing", () => {
  const variables: readonly (readonly [operator: string, policy: string, request: string, expected: boolean])[] = [
    ["StringEquals", "${aws:username}", "alice", true],
    ["StringEquals", "${aws:username}", "bob", false],
    ["StringLike", "${aws:username}/*", "alice/x", true],
    ["StringLike", "${aws:star}", "anything", false],
    ["ArnLike", "arn:aws:sns:*:*:${aws:username}", "arn:aws:sns:eu-west-1:111122223333:alice", true],
    ["StringEquals", "${aws:missing}", "", false],
    ["StringLike", "${aws:missing}*", "x", false],
    ["StringNotEquals", "${aws:missing}", "x", true],
    ["StringNotLike", "*${aws:missing}*", "x", true],
    ["NumericEquals", "${aws:number}", "7", false],
    ["IpAddress", "${aws:ip}", "10.0.0.1", false],
  ];
  const others = { "aws:username": "alice", "aws:star": "*", "aws:number": "7", "aws:ip": "10.0.0.1" };
  for (const [operator, policy, request, expected] of variables) {
    assert.equal(holds(operator, policy, request, others), expected, `${operator} ${policy} against ${request}`);
  }
});

test("Condition keys of an object's prototype are missing keys", () => {
  for (const key of ["__proto__", "constructor", "hasOwnProperty"]) {
    const [condition] = parseConditions(JSON.parse(`{"StringLike":{"${key}":"*"}}`), "identity");
    assert.equal(compileCondition(condition!, "2012-10-17")({}), false, key);
  }
});

test("compileCondition refuses an operator that the parser would have refused", () => {
  const condition = { operator: "constructor", ifExists: false, key: "k", values: ["v"] };
  assert.throws(() => compileCondition(condition, "2012-10-17"), /unknown condition operator "constructor"/);
});
