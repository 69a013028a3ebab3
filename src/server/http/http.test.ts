import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import fc from "fast-check";
import { closing, fixture, raw, statuses } from "./http.fixture.ts";

test("serveHttp hands a request over as it came, and takes nobody's word for where from", async () => {
  await using server = await fixture();
  const response = await fetch(`${server.endpoint}/a%20b?c=d?e`, {
    method: "PUT",
    body: "body",
    headers: { "X-Name": "v", "X-Forwarded-For": "192.0.2.1", Forwarded: "for=192.0.2.1" },
  });
  assert.deepEqual([response.status, response.headers.get("content-length"), await response.text()], [200, "2", "é"]);
  const [request] = server.seen;
  assert.deepEqual(
    [
      request!.method,
      request!.path,
      request!.query,
      request!.headers["x-name"],
      String(request!.body),
      request!.remoteAddress,
    ],
    ["PUT", "/a%20b", "c=d?e", "v", "body", "127.0.0.1"],
  );
});

test("serveHttp gives headers without a prototype, each as one text", async () => {
  await using server = await fixture();
  const headers = "x-a: 1\r\nx-a: 2\r\nset-cookie: a\r\nset-cookie: b\r\nconstructor: c\r\n__proto__: d\r\n";
  await raw(server.port, `GET / HTTP/1.1\r\n${closing}${headers}\r\n`);
  const [request] = server.seen;
  assert.equal(Object.getPrototypeOf(request!.headers), null);
  assert.deepEqual([request!.headers["x-a"], request!.headers["set-cookie"]], ["1, 2", "a,b"]);
  for (const value of Object.values(request!.headers)) assert.equal(typeof value, "string");
  await fetch(server.endpoint);
  assert.equal(server.seen[1]!.headers.constructor, undefined);
});

test("serveHttp answers GET /health itself, and HEAD and OPTIONS without failing", async () => {
  await using server = await fixture();
  assert.equal(await (await fetch(`${server.endpoint}/health`)).text(), "{}");
  const head = await fetch(`${server.endpoint}/health`, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length"), await head.text()], [200, "2", ""]);
  assert.equal(server.seen.length, 0);
  for (const method of ["HEAD", "OPTIONS"]) assert.equal((await fetch(server.endpoint, { method })).status, 200);
  assert.deepEqual(statuses(await raw(server.port, `OPTIONS * HTTP/1.1\r\n${closing}\r\n`)), ["200"]);
  assert.deepEqual(
    server.seen.map(({ method, path }) => `${method} ${path}`),
    ["HEAD /", "OPTIONS /", "OPTIONS *"],
  );
});

test("serveHttp answers 431 to headers of more than 32 KiB and 400 to what is no HTTP", async () => {
  await using server = await fixture();
  const cases: readonly (readonly [string, string])[] = [
    [`GET / HTTP/1.1\r\n${closing}x: ${"a".repeat(33_000)}\r\n\r\n`, "431"],
    [`GET /?${"a".repeat(33_000)} HTTP/1.1\r\n${closing}\r\n`, "431"],
    [`GET / HTTP/1.1\r\n${closing}x: ${"a".repeat(30_000)}\r\n\r\n`, "200"],
    ["nonsense\r\n\r\n", "400"],
    ["\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", "400"],
    [`GET / HTTP/1.1\r\n${closing}bad header\r\n\r\n`, "400"],
    ["POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", "400"],
    ["POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n", "400"],
    ["GET / HTTP/1.1\r\n\r\n", "400"],
    [`GET / HTTP/1.1\r\n${closing}Host: b\r\n\r\n`, "400"],
  ];
  for (const [sent, status] of cases)
    assert.deepEqual(statuses(await raw(server.port, sent)), [status], sent.slice(0, 60));
});

test("serveHttp upgrades to WebSocket only", async () => {
  await using server = await fixture();
  const upgrade = (to: string) =>
    `POST /ws?a=b HTTP/1.1\r\nhost: a\r\nconnection: upgrade, close\r\nupgrade: ${to}\r\ncontent-length: 1\r\n\r\nx`;
  assert.deepEqual(statuses(await raw(server.port, upgrade("WebSocket"))), ["404"]);
  assert.deepEqual([server.upgraded[0]!.path, server.upgraded[0]!.query, server.seen.length], ["/ws", "a=b", 0]);
  assert.deepEqual(statuses(await raw(server.port, upgrade("h2c"))), ["200"]);
  assert.deepEqual([String(server.seen[0]!.body), server.upgraded.length], ["x", 1]);
});

test("serveHttp answers anything without failing", async () => {
  await using server = await fixture();
  const token = fc.string({ unit: fc.constantFrom(..."abcXYZ-_:;/\\%?#&=.*+ \t\u0000\u007f\u00ff"), maxLength: 20 });
  const line = fc.oneof(
    fc.tuple(token, token).map(([name, value]) => `${name}: ${value}`),
    fc.constantFrom(
      "content-length: 3",
      "transfer-encoding: chunked",
      "expect: 100-continue",
      "upgrade: websocket",
      "connection: upgrade",
    ),
  );
  const message = fc
    .tuple(
      fc.constantFrom("GET", "POST", "HEAD", "CONNECT", "TRACE", "x"),
      token,
      fc.array(line, { maxLength: 5 }),
      token,
    )
    .map(
      ([method, target, lines, body]) =>
        `${method} /${target} HTTP/1.1\r\n${closing}${lines.join("\r\n")}\r\n\r\n${body}`,
    );
  await fc.assert(
    fc.asyncProperty(fc.oneof(message, fc.string({ unit: "binary" })), async (sent) => {
      const socket = connect(server.port, "127.0.0.1");
      socket.on("error", () => {});
      // The client ends requests that it did not finish.
      socket.end(Buffer.from(sent, "latin1"));
      const answer = await text(socket).catch(() => "");
      for (const status of statuses(answer)) assert.ok(Number(status) < 500, answer);
      assert.doesNotMatch(answer, /\n\s+at |node:/);
    }),
    { numRuns: 300 },
  );
  assert.equal((await fetch(server.endpoint)).status, 200);
});
