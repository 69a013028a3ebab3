import assert from "node:assert/strict";
import { test } from "node:test";
import { workTime } from "../../test/support/work-time.ts";
import { ANY_TEXT, compileGlob } from "./matching.ts";
import { type Context, compileTemplate, contextValues, resolveTemplate, tokensText } from "./variables.ts";

const context: Context = {
  "aws:username": "alice",
  "aws:principaltag/team": "red",
  "aws:principaltag/star": "a*",
  "aws:tagkeys": ["one", "two"],
  "aws:single": ["only"],
  "aws:none": [],
  "aws:nested": "${aws:username}",
};

const cases: readonly (readonly [text: string, expected: string | undefined])[] = [
  ["home/${aws:username}/x", "home/alice/x"],
  ["${AWS:UserName}", "alice"],
  ["${aws:PrincipalTag/Team}", "red"],
  ["${aws:PrincipalTag/Team}-${aws:username}", "red-alice"],
  ["${ aws:username }", "alice"],
  ["${aws:userid}", undefined],
  ["x-${aws:userid}-${aws:username}", undefined],
  ["${aws:userid, 'nobody'}", "nobody"],
  ["${aws:userid,'nobody'}", "nobody"],
  ["${aws:userid, ''}", ""],
  ["${aws:userid, 'a}b'}", "a}b"],
  ["${aws:username, 'nobody'}", "alice"],
  ["${aws:tagkeys}", undefined],
  ["${aws:tagkeys, 'many'}", "many"],
  ["${aws:single}", "only"],
  ["${aws:none}", undefined],
  ["${aws:nested}", "${aws:username}"],
  ["${*}${?}${$}", "*?$"],
  ["${$}{aws:username}", "${aws:username}"],
  ["${", "${"],
  ["${aws:username", "${aws:username"],
  ["${}", "${}"],
  ["$ {aws:username}", "$ {aws:username}"],
  ["${__proto__}", undefined],
  ["${constructor}", undefined],
  ["${toString, 'safe'}", "safe"],
  ["plain", "plain"],
];

test("resolveTemplate substitutes variables in version 2012-10-17", () => {
  for (const [text, expected] of cases) {
    const tokens = resolveTemplate(compileTemplate(text, "2012-10-17"), context);
    assert.equal(tokens && tokensText(tokens), expected, text);
  }
});

test("resolveTemplate leaves variables alone in version 2008-10-17", () => {
  for (const [text] of cases) {
    assert.equal(tokensText(resolveTemplate(compileTemplate(text, "2008-10-17"), context)!), text);
  }
});

test("resolveTemplate keeps the policy's wildcards and makes literal those of values", () => {
  const matches = compileGlob(resolveTemplate(compileTemplate("${aws:PrincipalTag/Star}-*", "2012-10-17"), context)!);
  assert.equal(matches("a*-x"), true);
  assert.equal(matches("ab-x"), false);
});

test("resolveTemplate makes ${*} a character and * a wildcard", () => {
  assert.deepEqual(resolveTemplate(compileTemplate("${*}*", "2012-10-17"), context), ["*", ANY_TEXT]);
});

test("resolveTemplate takes a default's wildcards literally", () => {
  const matches = compileGlob(resolveTemplate(compileTemplate("${aws:userid, 'a*'}", "2012-10-17"), context)!);
  assert.deepEqual([matches("a*"), matches("ab")], [true, false]);
});

test("compileTemplate reads hostile text in linear time", () => {
  const hostile = [
    "${".repeat(60_000),
    "${a, '".repeat(20_000),
    `\${${"a".repeat(100_000)}`,
    `\${a}${"*".repeat(200_000)}`,
  ];
  const busy = workTime(() => hostile.forEach((text) => void compileTemplate(text, "2012-10-17")));
  assert.ok(busy < 1_000, `busy for ${busy} ms`);
});

test("contextValues does not reach the prototype", () => {
  for (const key of ["__proto__", "constructor", "toString"]) assert.equal(contextValues(context, key), undefined);
});
