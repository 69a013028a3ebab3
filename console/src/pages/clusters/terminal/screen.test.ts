import assert from "node:assert/strict";
import { test } from "node:test";
import { cssColour } from "./looks.ts";
import { Screen } from "./screen.ts";

function shown(columns: number, rows: number, ...pieces: readonly (string | Uint8Array)[]) {
  const replies: string[] = [];
  const screen = new Screen(columns, rows, (text) => replies.push(text));
  for (const piece of pieces) screen.write(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
  const lines = screen.lines.map((line) =>
    line
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );
  return { lines, cursor: screen.cursor, replies, screen };
}

const cases: readonly (readonly [what: string, written: string, lines: readonly string[]])[] = [
  ["lines", "one\r\ntwo", ["one", "two", ""]],
  ["a carriage return that writes over", "12345\rab", ["ab345", "", ""]],
  ["a backspace", "abc\b\bX", ["aXc", "", ""]],
  ["a tab", "a\tb", ["a       b", "", ""]],
  ["a line that is too long", "1234567890ab", ["1234567890", "ab", ""]],
  ["a full line and a line feed as one", "1234567890\r\nab", ["1234567890", "ab", ""]],
  ["erasing to the end of the line", "hello\x1b[3D\x1b[K", ["he", "", ""]],
  ["a cleared screen", "one\r\ntwo\x1b[2J\x1b[Hthree", ["three", "", ""]],
  ["movements", "\x1b[2;3Hx\x1b[Ay\x1b[3dz", ["   y", "  x", "    z"]],
  ["inserted and deleted characters", "abcd\x1b[3D\x1b[2@\x1b[5G\x1b[P", ["a  bd", "", ""]],
  ["inserted and deleted lines", "1\r\n2\r\n3\x1b[1;1H\x1b[L\x1b[2;1H\x1b[M", ["", "2", ""]],
  ["titles, modes and character sets, which are passed over", "\x1b]0;title\x07\x1b[?25l\x1b(Ba", ["a", "", ""]],
  ["what is no sequence", "\x01a\x7fb", ["ab", "", ""]],
  ["wide characters", "密钥", ["密钥", "", ""]],
];

for (const [what, written, lines] of cases) {
  test(`a screen shows ${what}`, () => {
    assert.deepEqual(shown(10, 3, written).lines, lines);
  });
}

test("a screen keeps the lines that scroll away, and says where the cursor is", () => {
  const { lines, cursor } = shown(10, 2, "1\r\n2\r\n3\r\n4");
  assert.deepEqual(lines, ["1", "2", "3", "4"]);
  assert.deepEqual(cursor, { line: 3, column: 1 });
});

test("a screen takes characters and sequences that come in pieces", () => {
  const bytes = new TextEncoder().encode("密\x1b[31mx");
  const pieces = [...bytes].map((byte) => new Uint8Array([byte]));
  const { lines, screen } = shown(10, 1, ...pieces);
  assert.deepEqual(lines, ["密x"]);
  assert.deepEqual(screen.lines[0]?.[2]?.look, { foreground: 1 });
});

test("a screen has looks, and knows the colours of all three ways to name them", () => {
  const { screen } = shown(20, 1, "\x1b[1;4;7ma\x1b[22;24;27mb\x1b[38;5;208;48;2;1;2;3mc\x1b[92md\x1b[0me");
  assert.deepEqual(
    screen.lines[0]?.map(({ look }) => look),
    [
      { bold: true, underline: true, inverse: true },
      {},
      { foreground: 208, background: "#010203" },
      { foreground: 10, background: "#010203" },
      {},
    ],
  );
  assert.deepEqual(
    [cssColour("#010203"), cssColour(208), cssColour(255), cssColour(1)],
    ["#010203", "rgb(255, 135, 0)", "rgb(238, 238, 238)", "#ff6b6b"],
  );
});

test("a program's second screen leaves the first as it was", () => {
  assert.deepEqual(shown(10, 2, "shell\x1b[?1049h\x1b[Hvim").lines, ["vim", ""]);
  assert.deepEqual(shown(10, 2, "shell\x1b[?1049h\x1b[Hvim\x1b[?1049l$").lines, ["shell$", ""]);
});

test("a screen answers where the cursor is", () => {
  assert.deepEqual(shown(10, 3, "\r\nab\x1b[6n").replies, ["\x1b[2;3R"]);
});

test("a smaller screen keeps the lines above the cursor", () => {
  const { screen } = shown(10, 4, "1\r\n2\r\n3");
  screen.resize(20, 2);
  assert.deepEqual(
    screen.lines.map((line) => line.map(({ text }) => text).join("")),
    ["1", "2", "3"],
  );
  assert.deepEqual(screen.cursor, { line: 2, column: 1 });
});
