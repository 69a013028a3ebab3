import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NotJson, readDocument } from "./document.ts";

const text = `{
  "a": [1, {"b/c": "x\\"y"}],
  "~": null,
  "d":
    true
}`;

const places: Readonly<Record<string, readonly [line: number, column: number]>> = {
  "": [1, 1],
  "/a": [2, 8],
  "/a/0": [2, 9],
  "/a/1/b~1c": [2, 20],
  "/~0": [3, 8],
  "/d": [5, 5],
  "/a/7/gone": [2, 8],
  "/gone": [1, 1],
};

for (const [pointer, [line, column]] of Object.entries(places)) {
  test(`placeOf finds "${pointer}" at ${line}:${column}`, () => {
    assert.deepEqual(readDocument(text).placeOf(pointer), { line, column });
  });
}

test("readDocument says where a text is no JSON, and does not quote it", () => {
  const read = () => readDocument('{\n  "password": "hunter2",\n  hunter2\n}');
  assert.throws(read, (error) => {
    assert.ok(error instanceof NotJson);
    assert.deepEqual(error.place, { line: 3, column: 3 });
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
  assert.throws(() => readDocument(""), NotJson);
});

test("readDocument finds every value of any JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
      const json = JSON.stringify(value, undefined, space);
      const lines = json.split("\n");
      const document = readDocument(`\uFEFF${json}`);
      function visit(inner: unknown, pointer: string): void {
        const { line, column } = document.placeOf(pointer);
        const rest = [lines[line - 1]!.slice(column - 1), ...lines.slice(line)].join("\n");
        const [first = ""] = JSON.stringify(inner, undefined, space);
        assert.ok(rest.startsWith(first), `${pointer} of ${json}`);
        if (typeof inner !== "object" || inner === null) return;
        for (const [name, one] of Object.entries(inner)) {
          visit(one, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
        }
      }
      visit(value, "");
    }),
  );
});
