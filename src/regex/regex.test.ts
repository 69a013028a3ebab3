import assert from "node:assert/strict";
import { test } from "node:test";
import { compileRegex } from "./regex.ts";
import { MalformedRegex } from "./syntax.ts";

test("A regular expression matches what JavaScript's own does, and captures the same", () => {
  const sources = [
    ...[
      "a",
      "a|b",
      "(a)(b)?",
      "^ab",
      "ab$",
      "a.c",
      "a*?b",
      "(a+?)(a*)",
      "(?:ab)+",
      "[a-c]+x",
      "[^a-c]+",
      "\\d+",
      "\\bfoo\\b",
    ],
    ...[
      "(a|ab)(c|bcd)(d*)",
      "(\\w+)=(\\w+)",
      "x{2,3}",
      "x{2}",
      "x{2,}y",
      "(x|y)*z",
      "\\[(.*)\\]",
      "(?<name>\\w+) (?<b>.*)",
      "\\Bo",
    ],
    ...[
      "",
      "(a*)*",
      "(a|b*)*c",
      "[\\w.-]+@[\\w.-]+",
      "a{0}b",
      "(^a|b)c",
      "\\.",
      "[\\]a]+",
      "[a-]+",
      "(?:)*a",
      "\\x41\\u0042",
    ],
  ];
  const texts = [
    ...["", "a", "ab", "abc", "abcd", "aab", "aaab", "ababab", "axc", "xxx", "xxxxy", "xyxyz", "foo bar", "food foo"],
    ...["user=bob status=500", "[one] [two]", "mail me@example.org now", "a]-a", "AB", "bbac", "x.y", "oo"],
  ];
  for (const source of sources) {
    const [own, regex] = [new RegExp(source), compileRegex(source)];
    for (const text of texts) {
      const found = own.exec(text);
      assert.equal(regex.test(text), found !== null, `/${source}/ in ${text}`);
      const captured = regex.capture(text);
      // JavaScript forgets what a group captured in an earlier round of a repetition; Java does not.
      if (/\)[*+]/.test(source)) continue;
      assert.deepEqual(captured, found ? found.slice(1) : undefined, `/${source}/ in ${text}`);
    }
  }
});

test("A regular expression has Java's flags, names and classes", () => {
  assert.ok(compileRegex("(?i)error").test("an ERROR"));
  assert.ok(compileRegex("x(?i:y)z").test("xYz"));
  assert.ok(!compileRegex("x(?i:y)z").test("xYZ"));
  assert.ok(compileRegex("(?m)^b$").test("a\nb\nc"));
  assert.ok(!compileRegex("a.b").test("a\nb"));
  assert.ok(compileRegex("(?s)a.b").test("a\nb"));
  assert.ok(compileRegex("^\\p{Upper}[[:digit:]]\\z").test("A1"));
  assert.deepEqual(compileRegex("(?<a>x)(y)(?P<b>z)").groups, ["a", undefined, "b"]);
});

test("A regular expression that needs more than one pass, or is not well-formed, is refused", () => {
  for (const source of [
    "(a)\\1",
    "a(?=b)",
    "(?<!a)b",
    "a++",
    "(a",
    "a)",
    "[a",
    "*a",
    "a\\",
    "\\q",
    "x{3,2}",
    "(?x)a",
  ]) {
    assert.throws(() => compileRegex(source), MalformedRegex, source);
  }
  for (const source of ["(((a{999}){999}){999}){999}", "(?:a?){5000}"]) {
    assert.throws(() => compileRegex(source), /too large/);
  }
  assert.throws(() => compileRegex("(".repeat(10_000)), /too many groups/);
  assert.ok(compileRegex("(?:(?:){9999}){9999}").test(""));
});

test("The time of a regular expression grows with the text only", () => {
  for (const source of ["(a*)*[bB]", "(a|aa)+[bB]", "(.*)(.*)(.*)(.*)[bB]"]) {
    assert.equal(compileRegex(source).test(`${"a".repeat(20_000)}c`), false);
  }
});
