import assert from "node:assert/strict";
import { test } from "node:test";
import { parseInstant } from "./instant.ts";

const instants: readonly (readonly [text: string, instant: string | number | undefined])[] = [
  ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"],
  ["2026-01-02T03:04:05.125+01:30", "2026-01-02T01:34:05.125Z"],
  ["2026-01-02", "2026-01-02T00:00:00.000Z"],
  ["2026", 2_026_000],
  ["1767323045.5", 1_767_323_045_500],
  ["01T", "0001-01-01T00:00:00.000Z"],
  ["-0001-03", "-000001-03-01T00:00:00.000Z"],
  ["2400-02-29", "2400-02-29T00:00:00.000Z"],
  ["2016-12-13t2:00:00.5-23", "2016-12-14T01:00:00.500Z"],
  // Of years that `Date` does not know: ten thousand cycles of the calendar, of 146,097 days each, before the year 2000.
  ["-3998000T", Date.UTC(2000, 0, 1) - 10_000 * 146_097 * 86_400_000],
  ["-292275055T", undefined],
  ["292278994T", undefined],
  ["9223372036854775808", undefined],
  ["234-13", undefined],
  ["2026-02-29", undefined],
  ["2016-12-13t2:00:00.5+1", undefined],
  ["2016-12-13t2:00:00.1234567891Z", undefined],
  ["2026-01-02T24:00", undefined],
  ["soon", undefined],
  ["", undefined],
];

for (const [text, instant] of instants) {
  test(`'${text}' in a policy is ${instant === undefined ? "no date" : instant}`, () => {
    assert.equal(parseInstant(text), typeof instant === "string" ? Date.parse(instant) : instant);
  });
}
