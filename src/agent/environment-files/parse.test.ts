import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEnvironmentFile } from "./parse.ts";

const vectors: Readonly<Record<string, readonly [string, object]>> = {
  "E1 splits at the first equals sign": [
    "key1=value\nkey2=val1=val2\nkey3=",
    { key1: "value", key2: "val1=val2", key3: "" },
  ],
  "E2 passes over a comment": ["# some comment here", {}],
  "E3 passes over a line without a name": ["=value", {}],
  "E13 trims nothing": ["A = b", { "A ": " b" }],
  "E13 knows no export": ["export B=c", { "export B": "c" }],
  "E13 keeps quotes": ['C="d"', { C: '"d"' }],
  "E13 has comments at the very beginning of a line only": [" #E=5", { " #E": "5" }],
  "E13 passes over a line without an equals sign": ["F\nG=1", { G: "1" }],
  "E13 drops one carriage return": ["G=h\r\nI=j\r\r\n", { G: "h", I: "j\r" }],
  "takes the last of two lines of one name": ["A=1\nA=2\n", { A: "2" }],
  "keeps a byte order mark": ["\ufeffA=1\n\ufeff#B=2", { "\ufeffA": "1", "\ufeff#B": "2" }],
  "replaces nothing": ["A=1\nB=$A ${A} \\n", { A: "1", B: "$A ${A} \\n" }],
  "takes an empty file": ["", {}],
  "takes empty lines": ["\n\r\nA=ü\n\n", { A: "ü" }],
  "takes names that no shell takes": [
    "a.b-c=1\n__proto__=2",
    Object.fromEntries([
      ["a.b-c", "1"],
      ["__proto__", "2"],
    ]),
  ],
  "E13 takes a line of 65,535 bytes": [`A=${"x".repeat(65_533)}\nB=1`, { A: "x".repeat(65_533), B: "1" }],
  "E13 takes such a line at the end": [`A=${"x".repeat(65_533)}`, { A: "x".repeat(65_533) }],
};

for (const [behaviour, [text, expected]] of Object.entries(vectors)) {
  test(`parseEnvironmentFile ${behaviour}`, () => {
    const parsed = parseEnvironmentFile(Buffer.from(text));
    assert.ok("environment" in parsed);
    assert.deepEqual(Object.fromEntries(parsed.environment), expected);
  });
}

for (const text of [
  `A=${"x".repeat(65_534)}`,
  `A=${"x".repeat(65_534)}\nB=1`,
  `A=${"x".repeat(65_533)}\r\nB=1`,
  `#${"x".repeat(70_000)}\nB=1`,
]) {
  test(`E13 parseEnvironmentFile refuses a line of 65,536 bytes (${text.slice(0, 2)}…, ${text.length} in all)`, () => {
    assert.deepEqual(parseEnvironmentFile(Buffer.from(text)), { error: "bufio.Scanner: token too long" });
  });
}
