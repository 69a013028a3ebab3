import assert from "node:assert/strict";
import { test } from "node:test";
import { MalformedPattern } from "./filter.ts";
import { compilePattern } from "./pattern.ts";

// After https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html

const badRequest = "[ERROR 400] BAD REQUEST";
const unauthorized = "[ERROR 401] UNAUTHORIZED REQUEST";
const missing = "[ERROR 419] MISSING ARGUMENTS";
const invalid = "[ERROR 420] INVALID ARGUMENTS";
const access = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534';
const failedAccess = '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /apache_pb.html HTTP/1.0" 404 5324';
const trail = JSON.stringify({
  eventType: "UpdateTrail",
  sourceIPAddress: "111.111.111.111",
  arrayKey: ["value", "another value"],
  objectList: [
    { name: "a", id: 1 },
    { name: "b", id: 2 },
  ],
  SomeObject: null,
  cluster: { "c.d": 12 },
  latency: 55.5,
  ThisFlag: true,
});
const users = JSON.stringify({
  user: { id: 1, email: "John.Stiles@example.com" },
  users: [
    { id: 2, email: "John.Doe@example.com" },
    { id: 3, email: "Jane.Doe@example.com" },
  ],
  actions: ["GET", "PUT", "DELETE"],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
    [7, 8, 9],
  ],
});

/** A pattern, messages that match it, messages that do not. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["", [badRequest, ""], []],
  ["ERROR", [badRequest, "Exiting with ERRORCODE: -1"], ["error", "fine"]],
  ["ERROR REQUEST", [badRequest, unauthorized], [missing]],
  ["?ERROR ?WARN", ["ERROR a", "WARN b"], ["INFO"]],
  ["ERROR ?WARN", ["ERROR a"], ["WARN b"]],
  ["ERROR -ARGUMENTS", [badRequest, unauthorized], [missing, invalid]],
  ["-ERROR", ["fine"], [badRequest]],
  ['"INTERNAL SERVER ERROR"', ["[ERROR 500] INTERNAL SERVER ERROR"], ["INTERNAL ERROR SERVER"]],
  ['-"BAD REQUEST" ERROR', [missing], [badRequest]],
  ['"say \\"hi\\""', ['they say "hi"'], ["say hi"]],
  ['" "', ["a b"], ["ab"]],
  ["%AUTHORIZED%", [unauthorized, "[SUCCESS 200] AUTHORIZED REQUEST"], [badRequest]],
  ["%^[hc]at%", ["hat", "cat food"], ["a hat"]],
  ["%[hc]at$%", ["a hat"], ["hats"]],
  ["%colou?r%", ["color", "colour"], ["colouur"]],
  ["%[^ab]x%", ["cx"], ["ax"]],
  ["%^a{3,5}$%", ["aaa", "aaaaa"], ["aa", "aaaaaa"]],
  ["%^a{2}$%", ["aa"], ["a", "aaa"]],
  ["%^a{2,}$%", ["aa", "aaaa"], ["a"]],
  ["%gra|ey$%", ["gray", "they"], ["go"]],
  ["%10\\.10\\.0\\.1%", ["at 10.10.0.1:80"], ["10a10b0c1"]],
  ["%ab*c%", ["ac", "abbc"], ["abd"]],
  ["%ab+c%", ["abc"], ["ac"]],
  ["%\\d{3}\\s\\w+%", ["404 found"], ["40 found"]],
  ["%\\x41B%", ["AB"], ["aB"]],
  ["%.*.*.*.*.*x%", ["yyx"], ["y".repeat(20_000)]],
  ['{ $.eventType = "UpdateTrail" }', [trail], [users, "UpdateTrail", "[1]"]],
  ["{ $.eventType = Update* }", [trail], []],
  ["{ $.eventType = *Trail }", [trail], []],
  ["{ $.eventType = *date* }", [trail], []],
  ['{ $.eventType != "UpdateTrail" }', [], [trail, users]],
  ["{ $.sourceIPAddress != 123.123.* }", [trail], []],
  ["{ $.sourceIPAddress = %111.% }", [trail], []],
  ['{ $.arrayKey[0] = "value" }', [trail], []],
  ['{ $.arrayKey[1] = "value" }', [], [trail]],
  ["{ $.objectList[1].id = 2 }", [trail], []],
  ["{ $.objectList[*].id = 2 }", [trail], [users]],
  ["{ $.objectList[*].id = 9 }", [], [trail]],
  ["{ $.*.id = 1 }", [users], [trail]],
  ["{ $.SomeObject IS NULL }", [trail], [users]],
  ["{ $.SomeOtherObject NOT EXISTS }", [trail], []],
  ["{ $.SomeObject NOT EXISTS }", [], [trail]],
  ['{ $.eventType = "*" }', [trail], [users]],
  ["{ $.ThisFlag IS TRUE }", [trail], [users]],
  ["{ $.ThisFlag IS FALSE }", [], [trail]],
  ['{ $.cluster["c.d"] = 12 }', [trail], []],
  ["{ $.latency > 55 && $.latency <= 55.5 }", [trail], []],
  ["{ $.latency >= 5.55e1 }", [trail], []],
  ["{ $.latency < 55 }", [], [trail, users]],
  ["{ $.id = 1234567890123456789 }", ['{"id":1234567890123456789}'], ['{"id":1234567890123456788}']],
  ["{ $.id != 1234567890123456789 }", ['{"id":1234567890123456788}'], ['{"id":1234567890123456789}']],
  ["{ $.id = 1000000000000000000 }", ['{"id":1e18}', '{"id":"1000000000000000000"}'], []],
  ["{ $.id > 1234567890123456700 }", ['{"id":1234567890123457789}'], ['{"id":1}']],
  ["{ $.latency != 500 }", [trail], [users]],
  ["{ $.users = 1 }", [], [users]],
  ["{ $.users != 1 }", [], [users]],
  ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', [users], []],
  ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', [], [users]],
  [
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
    [users],
    [],
  ],
  [
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
    [],
    [users],
  ],
  ["[ip, user, username, timestamp, request, status_code, bytes]", [access, failedAccess], [badRequest]],
  ["[..., status_code, bytes]", [access], ["one"]],
  ["[]", [access, "one", ""], []],
  ["[ip, user, ...]", [access], ["one"]],
  ["[ip, user, ..., status_code = 200, bytes]", [access], [failedAccess]],
  ["[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]", [failedAccess], [access]],
  ["[..., status_code = 4* && status_code != 403, bytes > 1000]", [failedAccess], [access]],
  ["[..., request=*.html*, status_code=4*,]", [failedAccess], [access]],
  ["[..., status_code = %4[0-9]{2}%, bytes]", [failedAccess], [access]],
  ['[..., request = "GET /apache_pb.gif*", status, bytes]', [access], [failedAccess]],
  ["[w1=ERROR, w2]", ["ERROR message"], ["WARN message", "ERROR WARN message"]],
  ["[w1=ERROR || w1=WARN, w2]", ["ERROR message", "WARN message"], ["INFO message"]],
  ["[w1=!ERROR&&w1=!WARN, w2]", ["INFO message"], ["ERROR message", "WARN message"]],
];

for (const [pattern, matching, others] of cases) {
  test(`The filter pattern ${pattern || "of nothing"} takes what AWS says`, () => {
    const filter = compilePattern(pattern);
    for (const message of matching) assert.ok(filter.matches(message), message);
    for (const message of others) assert.ok(!filter.matches(message), message.slice(0, 100));
    for (const message of matching) assert.ok(message.includes(filter.needle ?? ""), message);
  });
}

const malformed = [
  ["{ $.a = ", "If a filter pattern starts with '{' it must end with '}'"],
  ["{ $.a = }", "Invalid character(s) in term '}'"],
  ["{ $.a = 1", "If a filter pattern starts with '{' it must end with '}'"],
  ["{ $.a = 1 } x", "If a filter pattern starts with '{' it must end with '}'"],
  ["{ $.a = 1 x }", 'Unexpected "x" at position 11'],
  ['{ $.a = "x", $.b = 1 }', "Invalid character(s) in term ','"],
  ["{ $.a = %x% || $.b = %y% || $.c = %z% }", "The pattern has 3 regular expressions; it can have 2"],
  ["[a = %x%, b = %y%, c = %z%]", "The pattern has 3 regular expressions; it can have 2"],
  ["{ a = 1 }", 'A selector begins with "$", unlike "a"'],
  ["{ $.a < b }", '"<" needs a number, not "b"'],
  ["{ ($.a = 1 }", "Invalid character(s) in term '}'"],
  ["{ $.*.*  = 1 }", 'The selector "$.*.*" has more than one wildcard'],
  ["[a, b", "If a filter pattern starts with '[' it must end with ']'"],
  ["[..., a, ...]", 'The pattern has more than one "..."'],
  ["%something!%", 'The character "!" is not supported in a regular expression'],
  ["%(a)%", 'The character "(" is not supported in a regular expression'],
  ["%a{2000}%", "The regular expression is too large"],
  ["%[a%", 'A "[" of a regular expression has no "]"'],
  ['"open', "Invalid character(s) in term '\"'"],
  ['""', "Invalid character(s) in term '\"\"'"],
  ["*", "Invalid character(s) in term '*'"],
  ["?Status: timeout", "Invalid character(s) in term ':'"],
  ["/api/users", "Invalid character(s) in term '/'"],
  ["order-17", "Invalid character(s) in term '-'"],
  ["joined (reason", "Invalid character(s) in term '('"],
  ['a"b', "Invalid character(s) in term '\"'"],
] as const;

for (const [pattern, message] of malformed) {
  test(`The filter pattern ${pattern} is refused`, () => {
    assert.throws(
      () => compilePattern(pattern),
      (error) => {
        assert.ok(error instanceof MalformedPattern);
        assert.equal(error.message, message);
        return true;
      },
    );
  });
}

test("A filter pattern of fields extracts each under its name or number", () => {
  const id = "1234567890123456789";
  assert.deepEqual(compilePattern("{ $.id EXISTS }").extract(`{"id":${id}}`), { "$.id": id });
  assert.deepEqual(compilePattern("[]").extract("a [b c]"), { $1: "a", $2: "b c" });
  assert.deepEqual(compilePattern("[..., request=*.html*, status_code=4*,]").extract(failedAccess), {
    $1: "127.0.0.1",
    $2: "-",
    $3: "frank",
    $4: "10/Oct/2000:13:35:22 -0700",
    $request: "GET /apache_pb.html HTTP/1.0",
    $status_code: "404",
    $7: "5324",
  });
});
