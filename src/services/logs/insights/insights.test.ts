import assert from "node:assert/strict";
import { test } from "node:test";
import { compileQuery, type ResultField } from "./language/compile.ts";
import { MalformedQuery } from "./language/malformed.ts";
import { eventRow } from "./row.ts";
import { budgetOf, QueryTooLarge } from "./stages/stage.ts";

const first = Date.UTC(2026, 10, 30, 12, 0, 0);
const options = { now: first, limit: 10_000, inOrder: true };

/** Runs a query over messages, of which each came a minute after the one before it. */
function run(query: string, messages: readonly string[], more: Partial<typeof options> = {}, bytes = 1e9) {
  const plan = compileQuery(query, { ...options, ...more });
  const lines: (readonly ResultField[])[] = [];
  const sink = plan.start(
    (line) => lines.push(line),
    () => {},
    budgetOf(bytes),
  );
  const events = messages.map((message, index) => ({
    ...{ message, timestamp: first + index * 60_000, ingestionTime: first + index * 60_000 + 5 },
    ...{ logStream: `web/${index % 2}`, log: "111122223333:/app", pointer: () => `ptr${index}` },
  }));
  if (!plan.oldestFirst) events.reverse();
  for (const event of events) if (!sink.take(eventRow(event))) break;
  sink.end();
  return lines.map((line) => Object.fromEntries(line));
}

/** Without the pointers. */
function values(query: string, messages: readonly string[], more: Partial<typeof options> = {}) {
  return run(query, messages, more).map(({ "@ptr": _, ...line }) => Object.values(line));
}

const requests = [
  { level: "info", status: 200, path: "/a", ms: 12.5, user: { name: "bob", ids: [7, 8] } },
  { level: "error", status: 500, path: "/b", ms: 900, user: { name: "eve" } },
  { level: "info", status: "404", path: "/a", ms: 3, ok: false, "a.b": "dotted" },
  { level: "info", status: 200, path: "/c", ms: 30, ok: true },
].map((one) => JSON.stringify(one));

test("A query without fields shows time, message and pointer, the newest event first", () => {
  assert.deepEqual(run("filter @message like 'x'", ["x1", "y", "x2"]), [
    { "@timestamp": "2026-11-30 12:02:00.000", "@message": "x2", "@ptr": "ptr2" },
    { "@timestamp": "2026-11-30 12:00:00.000", "@message": "x1", "@ptr": "ptr0" },
  ]);
});

const cases: readonly (readonly [query: string, expected: readonly (readonly string[])[]])[] = [
  // Fields
  [
    "fields path, user.name, user.ids.1 | limit 4 | sort @timestamp",
    [["/a", "bob", "8"], ["/b", "eve"], ["/a"], ["/c"]],
  ],
  ["fields `a.b` | filter ispresent(`a.b`)", [["dotted"]]],
  [
    "fields user.ids[0] as id, @logStream, @log | filter status = 200 and path = '/a'",
    [["7", "web/0", "111122223333:/app"]],
  ],
  ["fields user | filter level = 'error'", [['{"name":"eve"}']]],
  [
    "fields @timestamp, @ingestionTime | sort @timestamp asc | limit 1",
    [["2026-11-30 12:00:00.000", "2026-11-30 12:00:00.005"]],
  ],
  ["fields path | fields ms * 2 as double | sort double desc | limit 2 | display double", [["1800"], ["60"]]],
  ["fields ms * 2 | limit 1", [["60"]]],
  // Filters
  ["filter status = 404 | fields path", [["/a"]]],
  ["filter status != 200 | fields status", [["404"], ["500"]]],
  ["filter status >= 400 and not (level = 'error') | fields status", [["404"]]],
  ["filter ok = false or ok = 1 | fields ok", [["1"], ["0"]]],
  ["filter ok = true | fields path", [["/c"]]],
  ["filter path in ['/b', \"/c\"] | fields path", [["/c"], ["/b"]]],
  ["filter path not in ['/b', '/c'] | fields path | dedup path", [["/a"]]],
  ["filter @message like /(?i)ERROR/ | fields path", [["/b"]]],
  ['filter @message =~ /"ms":9\\d+/ | fields path', [["/b"]]],
  ["filter @message not like /info/ | fields path", [["/b"]]],
  ["filter user.name LIKE 'bo' AND ms > 1 | fields path", [["/a"]]],
  ["filter user.name != 'bob' | stats count(*)", [["3"]]],
  ["filter ms > 10 | filter ms < 100 # both\n| fields ms", [["30"], ["12.5"]]],
  // Stats
  ["stats count(*), sum(ms), avg(ms), min(ms), max(ms)", [["4", "945.5", "236.375", "3", "900"]]],
  [
    "stats count(*) as n, avg(ms) as mean by path | sort n desc, path",
    [
      ["/a", "2", "7.75"],
      ["/b", "1", "900"],
      ["/c", "1", "30"],
    ],
  ],
  ["stats count(*) by path | sort count(*) desc | limit 1", [["/a", "2"]]],
  [
    "stats count() by bin(2m) as t | sort t",
    [
      ["2026-11-30 12:00:00.000", "2"],
      ["2026-11-30 12:02:00.000", "2"],
    ],
  ],
  ["stats count(*) by bin(2m) | sort bin(2m) desc | limit 1", [["2026-11-30 12:02:00.000", "2"]]],
  ["stats count(ok), count_distinct(path), earliest(path), latest(path)", [["2", "3", "/a", "/c"]]],
  ["stats pct(ms, 50), median(ms), pct(ms, 99), stddev(status)", [["12.5", "12.5", "900", "130.4914"]]],
  ["stats sum(status >= 400) / count(*) * 100 as share", [["50"]]],
  ["stats sortsFirst(path), sortsLast(path)", [["/a", "/c"]]],
  ["stats count(*) as n by level | filter n > 1", [["info", "3"]]],
  ["stats count(*) by path | stats max(count(*)) as most, count(*)", [["2", "3"]]],
  ["filter status = 1 | stats count(*)", []],
  ["stats avg(ms) by nothing", [["236.375"]]],
  // Parse
  ['parse @message "*path\\":\\"*\\"*" as a, p, c | display p | limit 1', [["/c"]]],
  ['parse @message /"ms":(?<m>\\d+)/ | stats sum(m)', [["945"]]],
  [
    'parse /"path":"\\/(\\w)/ as letter | stats count(*) by letter | sort letter',
    [
      ["a", "2"],
      ["b", "1"],
      ["c", "1"],
    ],
  ],
  [
    "fields path | parse path '/*' as letter | sort letter desc | limit 2",
    [
      ["/c", "c"],
      ["/b", "b"],
    ],
  ],
  // Functions
  [
    "fields strlen(path), toupper(level), substr(level, 1, 2), concat(level, '-', status) | limit 1",
    [["2", "INFO", "nf", "info-200"]],
  ],
  [
    "fields replace(level, 'n', 'm'), trim('  x '), ltrim('xxy', 'x'), strcontains(level, 'nf') | limit 1",
    [["imfo", "x", "y", "1"]],
  ],
  [
    "fields abs(-3), ceil(1.2), floor(1.8), greatest(1, 5, 2), least(4, 2), sqrt(9), 2 ^ 3, 10 % 3 | limit 1",
    [["3", "2", "1", "5", "2", "3", "8", "1"]],
  ],
  ["fields 1 + 2 * 3 - -4, (1 + 2) * 3, 1 / 0 | limit 1", [["11", "9"]]],
  [
    "fields coalesce(nothing, level, 'x'), isempty(nothing), isblank(' '), ispresent(level) | limit 1",
    [["info", "1", "1", "1"]],
  ],
  [
    "fields datefloor(@timestamp, 1h), dateceil(@timestamp, 1h), toMillis(fromMillis(5)), now() | sort @timestamp desc | limit 1",
    [["2026-11-30 12:00:00.000", "2026-11-30 13:00:00.000", "5", String(first / 1000)]],
  ],
  [
    "fields bin(1mo), bin(1w), bin(1y), bin(1q) | limit 1",
    [["2026-11-01", "2026-11-30", "2026-01-01", "2026-10-01"].map((day) => `${day} 00:00:00.000`)],
  ],
  [
    "fields isValidIp('::1'), isValidIpv4('1.2.3'), isIpv4InSubnet('10.1.2.3', '10.0.0.0/8'), isIpInSubnet('::1', '::/64') | limit 1",
    [["1", "0", "1", "1"]],
  ],
  [
    "fields jsonParse(@message) as j | display j.user.name, jsonStringify(j.user.ids) | sort @timestamp | limit 1",
    [["bob", "[7,8]"]],
  ],
  [
    "filter level = 'info' | fields jsonParse(@message) as j | unnest j.user.ids into id | filter ispresent(id) | display id | sort id",
    [["7"], ["8"]],
  ],
  // Order
  ["fields path | dedup path | sort path", [["/a"], ["/b"], ["/c"]]],
  ["fields ok | dedup ok | stats count(*)", [["4"]]],
  ["fields ms | sort ms asc | limit 2", [["3"], ["12.5"]]],
  ["fields user.name | sort user.name desc | limit 2", [["eve"], ["bob"]]],
];

for (const [query, expected] of cases) {
  test(`Query: ${query}`, () => {
    assert.deepEqual(values(query, requests), expected);
    // Of several groups, events come in no order.
    const all = values(query, requests, { inOrder: false });
    assert.deepEqual(all.length, expected.length);
  });
}

test("Texts are sorted with the numbers in them, before numbers", () => {
  const messages = ["web-10", "web-9", "20", "web-9a", "web", "3", "web-009"].map((name) => JSON.stringify({ name }));
  const order = ["web", "web-9", "web-9a", "web-10", "web-009", "3", "20"];
  assert.deepEqual(
    values("fields name | sort name", messages),
    order.map((name) => [name]),
  );
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Sort.html
  const documented = [
    "!:",
    "#",
    "*%04",
    "0#",
    "5A",
    "111A",
    "2345_",
    "@",
    "@_",
    "A",
    "A9876fghj",
    "a12345hfh",
    "0",
    "1",
  ];
  const shuffled = documented.toReversed().map((name) => JSON.stringify({ name }));
  assert.deepEqual(
    values("fields name | sort name asc", shuffled),
    documented.map((name) => [name]),
  );
  assert.deepEqual(values("stats sortsFirst(name), sortsLast(name)", messages), [["web", "20"]]);
});

test("Numbers of 64 bits stay what they are", () => {
  const messages = ["1234567890123456788", "1234567890123456789", "7"].map((id) => `{"id":${id},"in":{"id":${id}}}`);
  assert.deepEqual(values("filter id = 1234567890123456789 | fields id, in.id", messages), [
    ["1234567890123456789", "1234567890123456789"],
  ]);
  assert.deepEqual(values("filter id in [1234567890123456788] | fields id", messages), [["1234567890123456788"]]);
  assert.deepEqual(values("stats count_distinct(id), max(id)", messages), [["3", "1234567890123456789"]]);
  assert.deepEqual(values("filter id > 1234567890123450000 | stats count(*)", messages), [["2"]]);
  assert.deepEqual(values("fields jsonParse(@message) as j | display j.id | limit 1 | sort j.id", messages), [["7"]]);
  assert.deepEqual(
    values("fields jsonParse(@message) as j | filter j.id = 1234567890123456788 | display j.id", messages),
    [["1234567890123456788"]],
  );
});

test("Fields of the first JSON within a message are discovered", () => {
  const messages = ['INFO {"id": 5} and {"id": 6}', "none", '{"id": 7'];
  assert.deepEqual(values("fields id | filter ispresent(id)", messages), [["5"]]);
});

test("What a query says wrong, or is not here, is refused with its place", () => {
  const refused: readonly (readonly [query: string, message: RegExp, at: string])[] = [
    ["", /ends too early/, ""],
    ["fields", /ends too early/, ""],
    ["fields a | pattern @message", /"pattern" is not implemented by Sealift/, "pattern"],
    ["SOURCE 'x' | fields a", /"SOURCE" is not implemented/, "SOURCE"],
    ["field a", /Unknown command "field"/, "field"],
    ["fields nothere(a)", /Unknown function "nothere"/, "nothere"],
    ["filter count(*) > 1", /Unknown function "count"/, "count"],
    ["fields strlen(a, b)", /takes 1 arguments, not 2/, "strlen(a, b)"],
    ["fields bin(5)", /and a period/, ")"],
    ["filter a like /(/", /has no "\)"/, "/(/"],
    ["filter a like /(?=x)/", /not supported/, "/(?=x)/"],
    ["limit 0", /from 1 to/, "0"],
    ["limit 100001", /from 1 to/, "100001"],
    ["fields a b", /Unexpected "b"/, "b"],
    ["filter a = 'x", /no end/, "'"],
    ["filter (a = 1", /expected "\)"/, ""],
    ["stats a by b", /needs an aggregate/, "a"],
    ["parse @message 'a * b' as x, y", /as many names/, "'a * b' as x, y"],
    ["parse @message 'a'", /as many names/, "'a'"],
    ["stats pct(a, 101)", /Wrong arguments/, "pct(a, 101)"],
    ["filter a not b", /"like" or "in"/, "b"],
    ["fields and", /Unexpected "and"/, "and"],
    [`filter ${"(".repeat(200)}a`, /Too many parentheses/, "(".repeat(100)],
    [`fields ${"-".repeat(2000)}1`, /Too many operators/, "-".repeat(100)],
  ];
  for (const [query, message, at] of refused) {
    assert.throws(
      () => compileQuery(query, options),
      (error) => {
        assert.ok(error instanceof MalformedQuery, `${query}: ${error}`);
        assert.match(error.message, message, query);
        assert.equal(query.slice(error.start, error.end), at, query);
        return true;
      },
    );
  }
});

test("A query that holds too much ends", () => {
  const many = Array.from({ length: 2_000 }, (_, index) => `message ${index} ${"x".repeat(100)}`);
  for (const query of [
    "stats count(*) by @message",
    "dedup @message | stats count(*)",
    "sort @message",
    "fields @message",
  ]) {
    assert.throws(() => run(query, many, {}, 100_000), QueryTooLarge, query);
  }
  assert.equal(run("sort @message | limit 5", many, {}, 100_000).length, 5);
});

test("Many different values are counted, and percentiles found, within a few percent", () => {
  const many = Array.from({ length: 30_000 }, (_, index) => JSON.stringify({ n: index + 1, neg: -index }));
  const [[count, middle, low, negative]] = values(
    "stats count_distinct(n), pct(n, 50), pct(n, 1), pct(neg, 50)",
    many,
  ) as [[string, string, string, string]];
  assert.ok(Math.abs(Number(count) / 30_000 - 1) < 0.03, count);
  assert.ok(Math.abs(Number(middle) / 15_000 - 1) < 0.01, middle);
  assert.ok(Math.abs(Number(low) / 300 - 1) < 0.01, low);
  assert.ok(Math.abs(Number(negative) / -15_000 - 1) < 0.01, negative);
});
