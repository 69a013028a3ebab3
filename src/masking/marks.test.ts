import assert from "node:assert/strict";
import { test } from "node:test";
import { readMarks, writeMarks } from "./marks.ts";
import type { Span } from "./span.ts";
import { withMasks } from "./span.ts";

test("marks say which bytes of which messages show a value", () => {
  const spans: readonly (readonly Span[])[] = [
    [],
    [
      { start: 2, length: 3 },
      { start: 9, length: 1 },
    ],
    [],
    [{ start: 0, length: 5 }],
  ];
  assert.equal(writeMarks(spans), "1:2+3,9+1;3:0+5");
  assert.deepEqual(readMarks("1:2+3,9+1;3:0+5", 4), spans);
  assert.equal(writeMarks([[], []]), "none");
  assert.deepEqual(readMarks("none", 2), [[], []]);
});

test("marks that are too long become whole messages, and then all of them", () => {
  const show = (text: string, count: number) =>
    readMarks(text, count)?.map((spans) => withMasks(Buffer.from("secret"), spans).toString());
  const all = Array.from({ length: 10_000 }, () => [{ start: 1, length: 2 }]);
  assert.equal(writeMarks(all), "0-9999");
  assert.deepEqual(new Set(show("0-9999", 10_000)), new Set(["***"]));
  const everyOther = all.map((spans, number) => (number % 2 === 0 ? spans : []));
  assert.equal(writeMarks(everyOther), "0-9999");
  const rare = all.map((spans, number) => (number % 20 < 2 ? spans : []));
  assert.match(writeMarks(rare), /^0-1;20-21;/);
  assert.deepEqual(show(writeMarks(rare), 10_000)?.slice(0, 3), ["***", "***", "secret"]);
});

test("marks that make no sense are not read", () => {
  for (const text of ["", "x", "4:0+1", "2-1", "1:0+1;0:0+1", "0:5+2,6+1", "0:0+0", "0:1", "0-4", "0:-1+2"]) {
    assert.equal(readMarks(text, 4), undefined, text);
  }
});
