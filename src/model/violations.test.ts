import assert from "node:assert/strict";
import { test } from "node:test";
import * as ecs from "@aws-sdk/client-ecs";
import * as iam from "@aws-sdk/client-iam";
import * as kms from "@aws-sdk/client-kms";
import * as secretsManager from "@aws-sdk/client-secrets-manager";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";
import ecsLimits from "../services/ecs/limits.json" with { type: "json" };
import iamLimits from "../services/iam/limits.json" with { type: "json" };
import kmsLimits from "../services/kms/limits.json" with { type: "json" };
import secretsManagerLimits from "../services/secrets-manager/limits.json" with { type: "json" };
import ssmLimits from "../services/ssm/limits.json" with { type: "json" };
import stsLimits from "../services/sts/limits.json" with { type: "json" };
import { constraintsOf, type Limit } from "./constraints.ts";
import { checker, type Violation } from "./violations.ts";

const sensitive = (schema: unknown) => [0, "test", "Secret", 8, schema];
const tag = [3, "test", "Tag", 0, ["Key", "Value"], [0, 0], 1];
const schema = NormalizedSchema.of([
  3,
  "test",
  "Input",
  0,
  [
    "Name",
    "Type",
    "Count",
    "Bytes",
    "Names",
    "Tags",
    "Map",
    "Structures",
    "Value",
    "Secrets",
    "SecretMap",
    "Inner",
    "ACL",
  ],
  [
    0,
    0,
    1,
    21,
    64,
    [1, "test", "Tags", 0, () => tag],
    128,
    [2, "test", "Structures", 0, 0, () => tag],
    sensitive(0),
    [1, "test", "Secrets", 0, sensitive(0)],
    [2, "test", "SecretMap", 8, 0, 0],
    () => tag,
    0,
  ],
  1,
] as unknown as never);
const word: Limit = { min: 1, max: 5, pattern: "[a-z]+" };
const model = {
  exports: {},
  limits: {
    "Input.Name": word,
    "Input.ACL": word,
    "Input.Type": { enum: ["String", "List"] },
    "Input.Count": { min: 1, max: 10 },
    "Input.Bytes": { max: 2 },
    "Input.Names": { min: 1, max: 2, member: word },
    "Input.Tags": { max: 2 },
    "Input.Map": { max: 1, key: word, value: { max: 3 } },
    "Input.Structures": { max: 1 },
    "Input.Value": word,
    "Input.Secrets": { max: 1, member: word },
    "Input.SecretMap": { max: 1, value: word },
    "Tag.Key": word,
    "Tag.Value": { pattern: "^(?!\\s*$).+" },
  },
};
const check = checker(model, schema);

function violations(input: object): readonly string[] {
  const found: Violation[] = [];
  check(input, "", found);
  return found.map(({ message }) => message);
}

const length = {
  min: "Member must have length greater than or equal to 1",
  max: "Member must have length less than or equal to",
};
const pattern = "Member must satisfy regular expression pattern: [a-z]+";
const failed = "failed to satisfy constraint:";

test("checker finds nothing in an input that keeps to the model", () => {
  const inputs = [
    { Name: "a" },
    {
      Name: "abcde",
      Type: "List",
      Count: 10,
      Bytes: new Uint8Array(2),
      Names: ["a", "b"],
      Tags: [],
      Map: { a: "abc" },
    },
    {
      Name: "a",
      Tags: [{ Key: "a", Value: "A longer text" }, { Key: "b" }],
      Inner: { Key: "a" },
      Value: "abc",
      Secrets: ["a"],
    },
  ];
  for (const input of inputs) assert.deepEqual(violations(input), []);
});

test("checker words violations as AWS does", () => {
  const cases: readonly (readonly [object, ...string[]])[] = [
    [{}, `Value null at 'name' ${failed} Member must not be null`],
    [{ Name: "" }, `Value '' at 'name' ${failed} ${length.min}`, `Value '' at 'name' ${failed} ${pattern}`],
    [{ Name: "abcdef" }, `Value 'abcdef' at 'name' ${failed} ${length.max} 5`],
    [{ Name: "A" }, `Value 'A' at 'name' ${failed} ${pattern}`],
    [{ Name: "a\n" }, `Value 'a\n' at 'name' ${failed} ${pattern}`],
    [{ ACL: "A" }, `Value 'A' at 'aCL' ${failed} ${pattern}`],
    [{ Type: "Set" }, `Value 'Set' at 'type' ${failed} Member must satisfy enum value set: [String, List]`],
    [
      { Type: "constructor" },
      `Value 'constructor' at 'type' ${failed} Member must satisfy enum value set: [String, List]`,
    ],
    [{ Count: 0 }, `Value '0' at 'count' ${failed} Member must have value greater than or equal to 1`],
    [{ Count: 11 }, `Value '11' at 'count' ${failed} Member must have value less than or equal to 10`],
    [
      { Bytes: new Uint8Array(3) },
      `Value 'java.nio.HeapByteBuffer[pos=0 lim=3 cap=3]' at 'bytes' ${failed} ${length.max} 2`,
    ],
    [{ Names: [] }, `Value '[]' at 'names' ${failed} ${length.min}`],
    [{ Names: ["a", "b", "c"] }, `Value '[a, b, c]' at 'names' ${failed} ${length.max} 2`],
    [
      { Names: ["a", "B"] },
      `Value '[a, B]' at 'names' ${failed} Member must satisfy constraint: [${length.max} 5, ${length.min}, ${pattern}]`,
    ],
    [
      { Tags: [{ Key: "a" }, { Key: "" }] },
      `Value '' at 'tags.2.member.key' ${failed} ${length.min}`,
      `Value '' at 'tags.2.member.key' ${failed} ${pattern}`,
    ],
    [{ Tags: [{ Value: "a" }] }, `Value null at 'tags.1.member.key' ${failed} Member must not be null`],
    [
      { Tags: [1, 2, 3].map(() => ({ Key: "a", Value: "shy" })) },
      `Value '[Tag, Tag, Tag]' at 'tags' ${failed} ${length.max} 2`,
    ],
    [
      { Map: { A: "b" } },
      `Value '{A=b}' at 'map' ${failed} Map keys must satisfy constraint: [${length.max} 5, ${length.min}, ${pattern}]`,
    ],
    [
      { Map: { a: "bbbb" } },
      `Value '{a=bbbb}' at 'map' ${failed} Map value must satisfy constraint: [${length.max} 3]`,
    ],
    [{ Map: { a: "b", c: "d" } }, `Value '{a=b, c=d}' at 'map' ${failed} ${length.max} 1`],
    [{ Structures: { x: { Key: "A" } } }, `Value 'A' at 'structures.x.member.key' ${failed} ${pattern}`],
    [{ Inner: { Key: "A" } }, `Value 'A' at 'inner.key' ${failed} ${pattern}`],
  ];
  for (const [input, ...expected] of cases) {
    assert.deepEqual(
      violations("Name" in input || expected[0]!.includes("null at 'name'") ? input : { Name: "a", ...input }),
      expected,
    );
  }
});

test("checker leaves the end open to a pattern that is anchored at its beginning only", () => {
  const broken = (Value: string) => violations({ Name: "a", Inner: { Key: "a", Value } }).length;
  assert.deepEqual(['{"a": 1}', '{\n  "a": 1\n}\n', "a\r\n\u2028", "", " ", " \n\t\n"].map(broken), [0, 0, 0, 1, 1, 1]);
});

test("checker leaves sensitive values out", () => {
  const cases: readonly (readonly [object, string])[] = [
    [{ Value: "S3CRET" }, `Value at 'value' ${failed} ${length.max} 5`],
    [{ Value: "S3C" }, `Value at 'value' ${failed} ${pattern}`],
    [{ Secrets: ["a", "b"] }, `Value at 'secrets' ${failed} ${length.max} 1`],
    [{ SecretMap: { a: "b", c: "d" } }, `Value at 'secretMap' ${failed} ${length.max} 1`],
    [
      { SecretMap: { a: "S3C" } },
      `Value at 'secretMap' ${failed} Map value must satisfy constraint: [${length.max} 5, ${length.min}, ${pattern}]`,
    ],
  ];
  for (const [input, expected] of cases) assert.deepEqual(violations({ Name: "a", ...input }), [expected]);
});

test("checker stops at a hundred violations", () => {
  const found = violations({
    Name: "a",
    Structures: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [i, {}])),
  });
  assert.ok(found.length >= 100 && found.length < 110, `${found.length}`);
});

test("checker checks a structure that lies inside of itself", () => {
  const nested: unknown[] = [3, "test", "Nested", 0, ["Name", "Nested"], [0, () => nested], 1];
  const found: Violation[] = [];
  checker({ exports: {}, limits: { "Nested.Name": word } }, NormalizedSchema.of(nested as never))(
    { Name: "a", Nested: { Name: "A", Nested: {} } },
    "",
    found,
  );
  assert.deepEqual(found, [
    { path: "nested.name", message: `Value 'A' at 'nested.name' ${failed} ${pattern}`, pattern: "[a-z]+" },
    { path: "nested.nested.name", message: `Value null at 'nested.nested.name' ${failed} Member must not be null` },
  ]);
});

const services = [
  ["ecs", ecs, ecsLimits],
  ["iam", iam, iamLimits],
  ["kms", kms, kmsLimits],
  ["secrets-manager", secretsManager, secretsManagerLimits],
  ["ssm", ssm, ssmLimits],
  ["sts", sts, stsLimits],
] as const;

for (const [name, exports, limits] of services) {
  test(`every limit of ${name} can be checked, and none takes long over a hostile text`, () => {
    for (const [member, limit] of Object.entries(limits as Record<string, Limit>)) {
      const structureName = `${member.split(".")[0]}$`;
      assert.ok(structureName in exports, `${member} is of no structure`);
      for (const part of [limit, limit.member ?? {}, limit.key ?? {}, limit.value ?? {}]) {
        for (const constraint of constraintsOf({ limits, exports }, part, NormalizedSchema.of(0))) {
          const size = Math.min(part.max ?? 10_000, 10_000);
          for (const unit of ["a", "a/", "arn:aws:", "0", "-", ".", " ", "_", "=", "a,"]) {
            const started = process.cpuUsage();
            constraint.isBroken(`${unit.repeat(size).slice(0, size - 1)}\u0000`);
            assert.ok(process.cpuUsage(started).user < 1_000_000, `${member}: ${part.pattern}`);
          }
        }
      }
    }
  });
}
