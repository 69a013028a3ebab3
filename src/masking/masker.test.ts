import assert from "node:assert/strict";
import { test } from "node:test";
import { secretMasker, withMasks } from "./index.ts";

const pem = [
  "-----BEGIN PRIVATE KEY-----",
  "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF",
  "Jx8=",
  "-----END PRIVATE KEY-----",
].join("\n");

test("a value is masked as it is, and nothing else", () => {
  const { text } = secretMasker(["hunter2-hunter2"]);
  assert.equal(text("password=hunter2-hunter2;user=bob"), "password=***;user=bob");
  assert.equal(text("hunter2-hunter"), "hunter2-hunter");
  assert.equal(text("a\nhunter2-hunter2\n\nb\n"), "a\n***\n\nb\n");
});

const written: readonly (readonly [how: string, value: string, line: string, shown: string])[] = [
  ["JSON", 'a"b\\c\nd-e', JSON.stringify({ key: 'a"b\\c\nd-e' }), '{"key":"***"}'],
  [
    "JSON in JSON",
    'a"b\\c-d-e',
    JSON.stringify({ log: JSON.stringify({ key: 'a"b\\c-d-e' }) }),
    '{"log":"{\\"key\\":\\"***\\"}"}',
  ],
  ["JSON as Go writes it", "<a>&</a>", String.raw`"\u003ca\u003e\u0026\u003c/a\u003e"`, '"***"'],
  ["JSON as Python writes it", "pässwörd", String.raw`"p\u00e4ssw\u00f6rd"`, '"***"'],
  ["JSON as PHP writes it", "a/b/c/d", String.raw`"a\/b\/c\/d"`, '"***"'],
  ["an object that Node dumps", `a"b\\c'd-e`, String.raw`{ key: 'a"b\\c\'d-e' }`, "{ key: '***' }"],
  ["a text that Python dumps", 'a"b\\c\nd-e', String.raw`{'key': 'a"b\\c\nd-e'}`, "{'key': '***'}"],
  ["HTML", "<a>&'b'\"c\"", "<p>&lt;a&gt;&amp;&#x27;b&#x27;&quot;c&quot;</p>", "<p>***</p>"],
  ["HTML as Go writes it", "<a>&'b'\"c\"", "<p>&lt;a&gt;&amp;&#39;b&#39;&#34;c&#34;</p>", "<p>***</p>"],
  ["a URL", "p@ss/w:rd!", `postgres://u:${encodeURIComponent("p@ss/w:rd!")}@db`, "postgres://u:***@db"],
  ["a URL with small digits", "p@ss/w:rd", "u:p%40ss%2fw%3ard@db", "u:***@db"],
  ["a form", "two words?", "q=two+words%3F&x=1", "q=***&x=1"],
  ["hexadecimal digits", "hunter2!", Buffer.from("hunter2!").toString("hex"), "***"],
  ["capital hexadecimal digits", "jklmnopq", Buffer.from("jklmnopq").toString("hex").toUpperCase(), "***"],
  ["a wrapped line", "0123456789abcdefghij", "key: 0123456789\n     abcdefghij.", "key: ***\n     ***."],
];

for (const [how, value, line, shown] of written) {
  test(`a value is masked in ${how}`, () => assert.equal(secretMasker([value]).text(line), shown));
}

test("a value is masked in base64, wherever it begins in a group of three", () => {
  const { text } = secretMasker(["correct horse battery"]);
  for (const before of ["", "u", "us", "use", "user"]) {
    for (const after of ["", "x", "xy"]) {
      const encoded = Buffer.from(`${before}correct horse battery${after}`).toString("base64");
      const shown = text(`Basic ${encoded}.`);
      assert.match(shown, /^Basic \S{0,6}\*\*\*\S{0,6}\.$/);
    }
  }
  assert.equal(text(Buffer.from("correct horse battery").toString("base64")), "***");
  const bytes = Buffer.from("ff3e".repeat(8), "hex");
  assert.equal(secretMasker([bytes]).text(`key ${bytes.toString("base64url")}`), "key ***");
});

test("each line of a value is masked by itself, and the whole of it without its line breaks", () => {
  const { text } = secretMasker([pem]);
  for (const line of pem.split("\n")) assert.equal(text(`  ${line}\r`), "  ***\r");
  assert.equal(text(pem.replaceAll("\n", "")), "***");
  assert.equal(text(pem.replaceAll("\n", "\\n")), "***");
  // As the program base64 wraps it.
  const wrapped = Buffer.from(pem).toString("base64").replace(/.{76}/g, "$&\n");
  assert.match(text(wrapped), /^(?:\*\*\*\n)*\*\*\*$/);
});

test("the texts of a JSON secret are masked by themselves", () => {
  const { text } = secretMasker([
    JSON.stringify({ username: "alice", password: "s3cr3t!", port: 5432, pin: 1234567890 }),
  ]);
  assert.equal(text("alice:s3cr3t! on 5432, 1234567890"), "***:*** on 5432, ***");
});

test("values that are too short, and words such as true, are not masked", () => {
  const line = "1 abc true False null, none of it";
  assert.equal(secretMasker(["1", "abc", "true", "False", "null", "none", "", "  \n"]).text(line), line);
});

test("two lines that only together have a short value are not masked", () => {
  assert.equal(secretMasker(["1234"]).text("12\n34 1234"), "12\n34 ***");
});

test("a line waits for the next one where it may end in a value, and no longer than it must", () => {
  const lines = secretMasker(["0123456789abcdef"]).lines<number>();
  const push = (item: number, line: string) => lines.push(item, Buffer.from(line)).map(({ item: one }) => one);
  assert.deepEqual(push(1, "nothing"), [1]);
  assert.deepEqual(push(2, "three: 012"), [2]);
  assert.deepEqual(push(3, "more: 01234"), []);
  assert.equal(lines.isWaiting, true);
  assert.deepEqual(push(4, "no"), [3, 4]);
  assert.deepEqual(push(5, "again: 0123456789"), []);
  const [paused] = lines.flush("pause");
  assert.ok(paused);
  assert.equal(withMasks(paused.data, paused.spans).toString(), "again: ***");
  const [rest] = lines.push(6, Buffer.from("abcdef, then"));
  assert.ok(rest);
  assert.equal(withMasks(rest.data, rest.spans).toString(), "***, then");
});
