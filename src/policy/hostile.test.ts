import assert from "node:assert/strict";
import { test } from "node:test";
import { named, request, user } from "./evaluate.fixtures.ts";
import { evaluate } from "./evaluate.ts";
import { MalformedPolicy, type PolicyKind } from "./malformed-policy.ts";
import { compileGlob, tokenize } from "./matching.ts";
import { parsePolicy } from "./parse-policy.ts";
import { statementPositions } from "./statement-positions.ts";
import { traceDecision } from "./trace.ts";

const kinds: readonly PolicyKind[] = ["identity", "resource", "trust", "session"];
const allow = { Effect: "Allow", Action: "*", Resource: "*" };
const deep = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
const statement = (more: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*",${more}}]}`;

/** Texts that somebody could send for a policy. Each has to be refused in words, whatever kind it is sent for. */
const documents: readonly (readonly [name: string, document: unknown])[] = [
  ["nothing", ""],
  ["no JSON", "{"],
  ["a NUL", "\u0000"],
  ["half a surrogate", '{"Version":"\ud800"}'],
  ["a list", "[]"],
  ["null", "null"],
  ["a number", 7],
  ["undefined", undefined],
  ["10 MB of spaces", `{${" ".repeat(10_000_000)}`],
  ["10 MB of a statement", statement(`"Resource":"${"a".repeat(10_000_000)}"`)],
  ["lists in lists", deep("[", "]", 60_000)],
  ["objects in objects", deep('{"a":', "}", 20_000)],
  ["lists in lists for Statement", `{"Version":"2012-10-17","Statement":${deep("[", "]", 60_000)}}`],
  ["lists in lists for Resource", statement(`"Resource":${deep("[", "]", 60_000)}`)],
  ["objects in objects for Condition", statement(`"Resource":"*","Condition":${deep('{"a":', "}", 20_000)}`)],
  [
    "objects in objects for a value",
    statement(`"Resource":"*","Condition":{"Bool":{"a":${deep('{"a":', "}", 9_000)}}}`),
  ],
  ["ten thousand empty statements", `{"Version":"2012-10-17","Statement":[${Array(10_000).fill("{}").join()}]}`],
  ["the prototype as an element", '{"Version":"2012-10-17","__proto__":{},"Statement":[]}'],
  ["the prototype as an operator", statement('"Resource":"*","Condition":{"__proto__":{"a":"b"}}')],
  ["the constructor as an operator", statement('"Resource":"*","Condition":{"constructor":{"a":"b"}}')],
  ["a qualifier as an operator", statement('"Resource":"*","Condition":{"ForAnyValue":{"a":"b"}}')],
  [
    "an effect that is a list",
    '{"Version":"2012-10-17","Statement":[{"Effect":["Allow"],"Action":"*","Resource":"*"}]}',
  ],
];

for (const [name, document] of documents) {
  test(`parsePolicy refuses ${name} in words`, () => {
    for (const kind of kinds) {
      assert.throws(
        () => parsePolicy(document, kind),
        (error: unknown) => {
          assert.ok(error instanceof MalformedPolicy, `${kind}: ${error}`);
          // Whoever reads it is shown what is wrong, not all that was sent.
          assert.ok(error.message.length > 0 && error.message.length < 1_000, kind);
          return true;
        },
      );
    }
  });
}

test("parsePolicy takes a document of the greatest length and refuses one character more", () => {
  const empty = statement('"Resource":"arn:aws:s3:::"').length;
  const ofLength = (length: number) => statement(`"Resource":"arn:aws:s3:::${"a".repeat(length - empty)}"`);
  assert.equal(parsePolicy(ofLength(262_144), "identity").statements.length, 1);
  assert.throws(() => parsePolicy(ofLength(262_145), "identity"), /more than 262144 characters/);
});

test("evaluate finds its statement among ten thousand", () => {
  const others = Array.from({ length: 9_999 }, (_, index) => ({ ...allow, Action: `ssm:Action${index}` }));
  const policy = named("many", "identity", ...others, { ...allow, Action: "secretsmanager:*" });
  const asked = request(user);
  assert.equal(evaluate(asked, { identity: [policy] }).statement?.index, 9_999);
  assert.equal(traceDecision(asked, { identity: [policy] }).policies[0]?.statements.length, 10_000);
});

test("statementPositions reads hostile documents to their end", () => {
  const many = `{"Statement":[${Array(20_000).fill("{}").join()}]}`;
  assert.equal(statementPositions(many).length, 20_000);
  assert.equal(statementPositions(`{"Statement":${deep("[", "]", 60_000)}}`).length, 0);
  assert.equal(statementPositions(`{"Statement":[{"a":"${"\\\\".repeat(60_000)}"}]}`).length, 1);
  for (const text of ["", '"', "{", '{"Statement"', '{"Statement":', '{"Statement":[{']) {
    assert.deepEqual(statementPositions(text), []);
  }
});

test("evaluate takes no more than 50 ms of the processor for the longest pattern that a key's policy has room for", () => {
  const text = "a".repeat(8_192);
  const pattern = `*${"a?".repeat(2_048)}b*`;
  const Condition = { StringLike: { "kms:EncryptionContext:x": Array.from({ length: 7 }, () => pattern) } };
  const policy = named("default", "resource", { ...allow, Principal: "*", Condition });
  const asked = request(user, { context: { "kms:encryptioncontext:x": text } });
  const fastest = Math.min(
    ...[0, 1, 2].map(() => {
      const before = process.cpuUsage();
      assert.equal(evaluate(asked, { identity: [], resource: policy }).effect, "implicit-deny");
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    }),
  );
  assert.ok(fastest <= 50, `${fastest} ms`);
});

/** A text that counts how many of its characters are looked at. */
function countedText(text: string) {
  const counted = {
    looks: 0,
    length: text.length,
    charCodeAt(index: number) {
      counted.looks++;
      return text.charCodeAt(index);
    },
    startsWith(wanted: string, position: number) {
      counted.looks += wanted.length;
      return text.startsWith(wanted, position);
    },
    indexOf(wanted: string, from: number) {
      const found = text.indexOf(wanted, from);
      counted.looks += (found === -1 ? text.length : found + wanted.length) - from;
      return found;
    },
  };
  return counted;
}

test("compileGlob looks at a text's characters at most as often as the longest piece between stars is long", () => {
  const text = "a".repeat(2_048);
  const hostile: readonly (readonly [glob: string, longestPiece: number])[] = [
    ["*a".repeat(1_000), 1],
    [`${"*a".repeat(1_000)}b`, 1],
    [`${"?*".repeat(2_000)}b`, 1],
    [`*${"a?".repeat(500)}b*`, 1_001],
    [`${"*a?".repeat(400)}*b*`, 2],
    [`*${"a".repeat(1_000)}b*${"a".repeat(1_000)}b*`, 1_001],
    ["*".repeat(100_000), 1],
    [`${"*".repeat(50_000)}b${"*".repeat(50_000)}`, 1],
  ];
  for (const [glob, longestPiece] of hostile) {
    const counted = countedText(text);
    compileGlob(tokenize(glob))(counted as unknown as string);
    const most = (longestPiece + 2) * text.length;
    assert.ok(counted.looks <= most, `${glob.slice(0, 20)}…: ${counted.looks} looks, at most ${most}`);
  }
});
