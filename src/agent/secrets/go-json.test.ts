import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeJson, decodeJsonObject, GoJsonError, type JsonValue } from "./go-json.ts";

const ended = "unexpected end of JSON input";
const into = "into Go value of type map[string]interface {}";

// Each text and error was compared with Go's own encoding/json.
const failures: readonly (readonly [string, string])[] = [
  ["", ended],
  [" ", ended],
  ['{"k":1', ended],
  ['{"k":"v', ended],
  ['{"k"', ended],
  ["plain", "invalid character 'p' looking for beginning of value"],
  ['{"k":1}x', "invalid character 'x' after top-level value"],
  ["{'k':1}", "invalid character '\\'' looking for beginning of object key string"],
  ['{"k":1,}', "invalid character '}' looking for beginning of object key string"],
  ['\ufeff{"k":1}', "invalid character 'ï' looking for beginning of value"],
  ['{"k":"a\nb"}', "invalid character '\\n' in string literal"],
  ['{"k":"a\u0001b"}', "invalid character '\\x01' in string literal"],
  ['"str"', `json: cannot unmarshal string ${into}`],
  ["[1]", `json: cannot unmarshal array ${into}`],
  ["[1e400]", `json: cannot unmarshal array ${into}`],
  ["1", `json: cannot unmarshal number ${into}`],
  ["1e400", `json: cannot unmarshal number ${into}`],
  ["true", `json: cannot unmarshal bool ${into}`],
  ['{"k":1e400}', "json: cannot unmarshal number *** into Go value of type float64"],
  ['{"a":[-2E999],"b":1e400}', "json: cannot unmarshal number *** into Go value of type float64"],
  ['{"k":1e400,}', "invalid character '}' looking for beginning of object key string"],
  ["tru", "invalid character ' ' in literal true (expecting 'e')"],
  ["nulx", "invalid character 'x' in literal null (expecting 'l')"],
  ["-", "invalid character ' ' in numeric literal"],
  ["01", "invalid character '1' after top-level value"],
  ['{"a":1.x}', "invalid character 'x' after decimal point in numeric literal"],
  ['{"a":1e+x}', "invalid character 'x' in exponent of numeric literal"],
  ['{"a":.5}', "invalid character '.' looking for beginning of value"],
  ['{"a":"\\x"}', "invalid character 'x' in string escape code"],
  ['{"a":"\\u12g"}', "invalid character 'g' in \\u hexadecimal character escape"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"', "invalid character '\"' after object key:value pair"],
  ["[1 2]", "invalid character '2' after array element"],
  ["[1,]", "invalid character ']' looking for beginning of value"],
  ["\u00a0{}", "invalid character 'Â' looking for beginning of value"],
  ["\u007f", "invalid character '\\x7f' looking for beginning of value"],
  ["[".repeat(10_001), "invalid character '[' exceeded max depth"],
];

for (const [text, message] of failures) {
  test(`decodeJsonObject of ${JSON.stringify(text.slice(0, 30))} fails as Go does`, () => {
    assert.throws(
      () => decodeJsonObject(text),
      (error) => error instanceof GoJsonError && error.message === message,
    );
  });
}

const successes: readonly (readonly [string, JsonValue])[] = [
  ['{"k":"v"}', new Map([["k", "v"]])],
  ['\n\t {"k" : "v" }\r\n', new Map([["k", "v"]])],
  ["null", new Map()],
  ["{}", new Map()],
  ['{"k":1,"k":2}', new Map([["k", 2]])],
  ['{"k":"\\ud800"}', new Map([["k", "\ufffd"]])],
  ['{"k":"\\ud800\\u0041\\ud83d\\ude00"}', new Map([["k", "\ufffdA😀"]])],
  ['{"k":"a\\u0000b\\/\\"\\n"}', new Map([["k", 'a\0b/"\n']])],
  ['{"__proto__":"v"}', new Map([["__proto__", "v"]])],
  ['{"k":1e-999}', new Map([["k", 0]])],
  ['{"k":9007199254740993}', new Map([["k", 9007199254740992]])],
];

for (const [text, expected] of successes) {
  test(`decodeJsonObject reads ${JSON.stringify(text)}`, () => {
    assert.deepEqual(decodeJsonObject(text), expected);
  });
}

test("decodeJson reads values nested 10,000 deep", () => {
  let value = decodeJson("[".repeat(10_000) + "]".repeat(10_000));
  let depth = 0;
  for (; Array.isArray(value); depth++) value = value[0];
  assert.equal(depth, 10_000);
});

test("decodeJson agrees with JSON.parse on any JSON", () => {
  const json = fc.json({ maxDepth: 5 }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(json, fc.constantFrom("", " ", "\n\t"), (text, space) => {
      assert.deepEqual(decodeJson(space + text + space), asMaps(JSON.parse(text)));
    }),
    { numRuns: 500 },
  );
});

test("decodeJson refuses the syntax that JSON.parse refuses", () => {
  const damaged = fc.tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', "\\", "1", "x", "\n", "e", "-"));
  fc.assert(
    fc.property(damaged, ([json, seed, insertion]) => {
      const at = seed % (json.length + 1);
      const text = (json.slice(0, at) + insertion + json.slice(at + 1)).toWellFormed();
      assert.equal(
        fails(() => decodeJson(text)),
        fails(() => JSON.parse(text)),
        text,
      );
    }),
    { numRuns: 1000 },
  );
});

function fails(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    // JavaScript reads a number that no float64 can hold as infinite.
    if (error instanceof GoJsonError) return !error.message.endsWith("of type float64");
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

function asMaps(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(asMaps);
  if (value === null || typeof value !== "object") return value;
  return new Map(Object.entries(value).map(([key, member]) => [key.toWellFormed(), asMaps(member)]));
}
