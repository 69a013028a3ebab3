import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { workTime } from "../../test/support/work-time.ts";
import { compileArn, compileGlob, compileResource, tokenize } from "./matching.ts";

const matchesGlob = (pattern: string, text: string) => compileGlob(tokenize(pattern))(text);
const matchesArn = (pattern: string, text: string) => compileArn(tokenize(pattern))(text);

const globs: readonly (readonly [pattern: string, text: string, expected: boolean])[] = [
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["*", "anything:at/all", true],
  ["**", "a", true],
  ["?", "", false],
  ["?", "a", true],
  ["?", "ab", false],
  ["?*", "", false],
  ["?*", "ab", true],
  ["a*", "a", true],
  ["a*", "ba", false],
  ["*a", "ba", true],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["*ab*b", "xab", false],
  ["*ab*b", "xabb", true],
  ["*ab?d*", "xxabcdxx", true],
  ["*ab?d*", "xxabddxx", true],
  ["*ab?d*", "xxabxx", false],
  ["a?c", "abc", true],
  ["a?c", "aXXc", false],
  ["a.c", "abc", false],
  ["[ab]", "a", false],
  ["abc", "ABC", false],
];

test("compileGlob matches * and ? and nothing else as wildcards", () => {
  for (const [pattern, text, expected] of globs) {
    assert.equal(matchesGlob(pattern, text), expected, `${pattern} against ${text}`);
  }
});

const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf";

const arns: readonly (readonly [pattern: string, arn: string, expected: boolean])[] = [
  ["*", secret, true],
  [secret, secret, true],
  ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/*", secret, true],
  ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-??????", secret, true],
  ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db", secret, false],
  ["arn:aws:secretsmanager:*:*:secret:prod/*", secret, true],
  ["arn:*:secretsmanager:*:111122223333:secret:*", secret, true],
  ["arn:aws:secretsmanager:eu-*:1111????3333:*", secret, true],
  ["arn:aws:secretsmanager:*", secret, true],
  ["arn:aws:secretsmanager:*:secret:prod/*", secret, false],
  ["arn:aws:secretsmanager:*:prod/db-AbCdEf", secret, false],
  ["arn:aws:ssm:*:*:*", secret, false],
  ["arn:aws:secretsmanager:us-east-1:111122223333:secret:*", secret, false],
  ["arn:aws:secretsmanager:eu-west-1:111122223333:SECRET:prod/*", secret, false],
  ["arn:aws:secretsmanager:eu-west-1:111122223333", secret, false],
  ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b:c", true],
  ["arn:aws:s3:::bucket/*", "arn:aws:s3:eu-west-1::bucket/a", false],
  ["*", "*", true],
  ["arn:aws:s3:::bucket", "*", false],
];

test("compileArn compares the six parts of an ARN apart", () => {
  for (const [pattern, arn, expected] of arns) {
    assert.equal(matchesArn(pattern, arn), expected, `${pattern} against ${arn}`);
  }
});

test("compileArn does not let a substituted value stand for two parts", () => {
  const tokens = ["arn:aws:sns:", { value: "eu-west-1:111122223333" }, ":topic"];
  assert.equal(compileArn(tokens)("arn:aws:sns:eu-west-1:111122223333:topic"), false);
  assert.equal(compileArn(["arn:aws:sns:::", { value: "a:b" }])("arn:aws:sns:::a:b"), true);
});

test("compileResource lets a * at the end of a part reach over colons, and no substituted value", () => {
  const resources: readonly (readonly [pattern: string, arn: string, expected: boolean])[] = [
    ["arn:aws:sns:*:topic", "arn:aws:sns:eu-west-1:111122223333:topic", true],
    ["arn:aws:sns:*:topic", "arn:aws:sns:eu-west-1:111122223333:topic2", false],
    ["arn:aws:sns:*:*:topic", "arn:aws:sns:eu-west-1:111122223333:topic", true],
    ["arn:*:topic", "arn:aws:sns:eu-west-1:111122223333:topic", true],
    ["arn:aws:sns:eu-*:topic", "arn:aws:sns:us-east-1:111122223333:topic", false],
    ["arn:aws:sns:eu-*3:topic", "arn:aws:sns:eu-west-1:111122223333:topic", false],
    ["arn:aws:sns:eu-*1:*:topic", "arn:aws:sns:eu-west-1:111122223333:topic", true],
    ["arn:aws:sns:*:11112222333?:topic", "arn:aws:sns:eu-west-1:111122223333:topic", true],
  ];
  for (const [pattern, arn, expected] of resources) {
    assert.equal(compileResource(tokenize(pattern))(arn), expected, `${pattern} against ${arn}`);
  }
  const tokens = [...tokenize("arn:aws:*:"), { value: "eu-west-1:111122223333" }, ":topic"];
  assert.equal(compileResource(tokens)("arn:aws:sns:eu-west-1:111122223333:topic"), false);
});

const alphabet = fc.constantFrom("a", "b", "*", "*", "?", ".");
const pattern = fc.string({ unit: alphabet, maxLength: 14 });
const subject = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 12 });

function oracle(glob: string): RegExp {
  const body = [...glob].map((character) => {
    if (character === "*") return "[^]*";
    return character === "?" ? "[^]" : character.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
  });
  return new RegExp(`^${body.join("")}$`);
}

test("compileGlob agrees with a regular expression", () => {
  fc.assert(
    fc.property(pattern, subject, (glob, text) => matchesGlob(glob, text) === oracle(glob).test(text)),
    { numRuns: 5_000 },
  );
});

/** A pattern that was cut out of a text, with holes, and perhaps with one character changed. */
const cutOut = fc
  .tuple(
    fc.string({ unit: fc.constantFrom("a", "a", "b", "c", "\u00e9"), minLength: 1, maxLength: 250 }),
    fc.nat(249),
    fc.nat(249),
    fc.array(fc.nat(249), { maxLength: 120 }),
    fc.option(fc.tuple(fc.nat(249), fc.constantFrom("a", "b", "z"))),
  )
  .map(([text, start, length, holes, change]) => {
    const units = text.slice(start % text.length, (start % text.length) + length + 1).split("");
    for (const hole of holes) units[hole % units.length] = "?";
    if (change) units[change[0] % units.length] = change[1];
    return { text, glob: `*${units.join("")}*` };
  });

test("compileGlob finds long pieces with holes where a regular expression does", () => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(cutOut, ({ text, glob }) => {
      const found = matchesGlob(glob, text);
      seen[`${found}`]++;
      return found === oracle(glob).test(text);
    }),
    { numRuns: 5_000 },
  );
  assert.ok(seen.true > 500 && seen.false > 500, JSON.stringify(seen));
});

test("compileGlob finds what a pattern was made from", () => {
  const derived = fc.array(fc.tuple(fc.constantFrom("*", "?", "same"), fc.string({ maxLength: 3 }))).map((pieces) => ({
    text: pieces.map(([kind, text]) => (kind === "?" ? (text[0] ?? "x") : text)).join(""),
    glob: pieces.map(([kind, text]) => (kind === "same" ? text.replace(/[*?]/g, "?") : kind)).join(""),
  }));
  fc.assert(fc.property(derived, ({ text, glob }) => matchesGlob(glob, text)));
});

test("compileArn agrees with one regular expression for each part", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
  const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 4 });
  const sixParts = (unit: fc.Arbitrary<string>) => fc.array(unit, { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(sixParts(part), sixParts(text), (patterns, texts) => {
      const expected = patterns.every((glob, index) => oracle(glob).test(texts[index]!));
      return matchesArn(patterns.join(":"), texts.join(":")) === expected;
    }),
    { numRuns: 5_000 },
  );
});

test("compileGlob answers hostile patterns at once", () => {
  const text = "a".repeat(2_048);
  const hostile = [
    "*a".repeat(500),
    "*a?".repeat(400),
    `${"?*".repeat(2_000)}b`,
    `*${"a?".repeat(500)}b*`,
    "*".repeat(100_000),
  ];
  let results: readonly boolean[] = [];
  const busy = workTime(() => {
    results = hostile.map((glob) => matchesGlob(glob, text));
  });
  assert.deepEqual(results, [true, true, false, false, true]);
  assert.ok(busy < 1_000, `busy for ${busy} ms`);
});
