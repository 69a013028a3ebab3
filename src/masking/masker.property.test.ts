import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formsOf, secretMasker, withMasks } from "./index.ts";

/** Few characters, so that values overlap and begin like one another; no asterisk, which masks are made of. */
const letters = fc.constantFrom("a", "b", '"', "\\", "/", " ", "é", "%", "+", "=", "\n");
const values = fc.array(
  fc.oneof(
    fc.string({ unit: letters, minLength: 1, maxLength: 24 }),
    fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !text.includes("*")),
  ),
  { minLength: 1, maxLength: 4 },
);

type Encode = (value: string) => string;
const encode = fc.constantFrom<Encode>(
  (value) => value,
  (value) => value.replaceAll("\n", ""),
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(JSON.stringify({ value })),
  (value) => encodeURIComponent(value.toWellFormed()),
  (value) => Buffer.from(value).toString("base64"),
  (value) => Buffer.from(`u:${value}`).toString("base64url"),
  (value) => Buffer.from(`${value}!`).toString("hex"),
  (value) => value.replace(/(.{3})/gu, "$1\n"),
);

/** Text with values in it, and cuts that fall anywhere. */
const output = fc.tuple(
  values,
  fc.array(
    fc.oneof(fc.string({ unit: letters, maxLength: 12 }), fc.record({ which: fc.nat(), encode, cut: fc.nat(40) })),
    { maxLength: 8 },
  ),
  fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }),
);

function textOf(all: readonly string[], pieces: readonly (string | { which: number; encode: Encode; cut: number })[]) {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const { which, encode: as, cut } = piece;
      const whole = as(all[which % all.length] ?? "");
      // Some are only the beginning of a value.
      return cut < 5 ? whole.slice(0, cut) : whole;
    })
    .join("")
    .toWellFormed();
}

/** What comes out where each line comes in pieces of these sizes. */
function maskedInPieces(all: readonly string[], text: string, sizes: readonly number[]): string {
  const lines = secretMasker(all).lines<boolean>();
  const out: string[] = [];
  let turn = 0;
  const take = (settled: ReturnType<typeof lines.push>) => {
    for (const { item: ends, data, spans } of settled)
      out.push(withMasks(data, spans).toString("latin1"), ends ? "\n" : "");
  };
  for (const line of text.split("\n")) {
    let rest: Buffer = Buffer.from(line);
    for (let size = sizes[turn++ % Math.max(1, sizes.length)]; size !== undefined && rest.length > size; ) {
      take(lines.push(false, rest.subarray(0, size), true));
      rest = rest.subarray(size);
      size = sizes[turn++ % sizes.length];
    }
    take(lines.push(true, rest));
  }
  take(lines.flush("end"));
  return Buffer.from(out.join("").slice(0, -1), "latin1").toString();
}

/** As the masker looks at it: without line breaks and the white space around them. */
const joined = (text: string) =>
  text
    .split("\n")
    .map((line) => line.replace(/^[ \t\r]+|[ \t\r]+$/g, ""))
    .join("");

test("masked output has no form of a value, whatever the pieces", () => {
  fc.assert(
    fc.property(output, ([all, pieces, sizes]) => {
      const shown = maskedInPieces(all, textOf(all, pieces), sizes);
      const bytes = Buffer.from(shown);
      for (const form of formsOf(all)) assert.ok(!bytes.includes(form), `${form} is in ${shown}`);
      for (const value of all) {
        const line = value.trim();
        if ([...line].length >= 4 && !line.includes("\n") && !/^(true|false|null|none|undefined)$/i.test(line)) {
          assert.ok(!shown.includes(line));
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("a piece that ends a line early does not bring out what a whole line would hide", () => {
  fc.assert(
    fc.property(output, ([all, pieces, sizes]) => {
      const text = textOf(all, pieces);
      // A mask that lies over two pieces stands in both.
      const merge = (shown: string) => shown.replace(/(?:\*\*\*)+/g, "*");
      assert.equal(merge(maskedInPieces(all, text, sizes)), merge(secretMasker(all).text(text)));
    }),
    { numRuns: 300 },
  );
});

test("text without a value passes unchanged, in pieces too", () => {
  fc.assert(
    fc.property(output, ([all, pieces, sizes]) => {
      const text = textOf(all, pieces);
      const bytes = Buffer.from(joined(text));
      if (formsOf(all).some((form) => bytes.includes(form))) return;
      assert.equal(maskedInPieces(all, text, sizes), text);
    }),
    { numRuns: 300 },
  );
});

test("what is kept back is never more than the longest form and a line", () => {
  fc.assert(
    fc.property(output, ([all, pieces]) => {
      const longest = Math.max(0, ...formsOf(all).map(({ length }) => length));
      const lines = secretMasker(all).lines<number>();
      const kept = new Map<number, number>();
      for (const [number, line] of textOf(all, pieces).split("\n").entries()) {
        kept.set(number, Buffer.byteLength(line.trim()));
        for (const { item } of lines.push(number, Buffer.from(line))) kept.delete(item);
        const [, ...others] = kept.values();
        assert.ok(others.reduce((sum, length) => sum + length, 0) <= longest);
      }
    }),
    { numRuns: 200 },
  );
});
