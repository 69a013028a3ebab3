import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import fc from "fast-check";
import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import { type HttpOptions, serveHttp } from "./http.ts";

const ok: WireResponse = { status: 200, headers: { "content-type": "text/plain" }, body: "é" };

/** A server that writes down what arrives. */
async function fixture(overrides: Partial<HttpOptions> = {}) {
  const seen: WireRequest[] = [];
  const upgraded: WireRequest[] = [];
  const http = await serveHttp({
    host: "127.0.0.1",
    port: 0,
    async dispatch(request) {
      seen.push(request);
      return ok;
    },
    route: ({ method, path }) =>
      path === "/health" && method !== "POST" ? Promise.resolve({ ...ok, body: Buffer.from("{}") }) : undefined,
    async upgrade(request, _incoming, socket) {
      upgraded.push(request);
      socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    },
    ...overrides,
  });
  const port = Number(new URL(http.endpoint).port);
  return { ...http, seen, upgraded, port, [Symbol.asyncDispose]: http[Symbol.asyncDispose] };
}

/** Sends bytes as they are; resolves to everything that comes back until the server closes. */
async function raw(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  for (const part of parts) socket.write(part);
  try {
    return await text(socket);
  } catch {
    return "";
  }
}

const closing = "host: a\r\nconnection: close\r\n";

function statuses(answer: string): readonly string[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => match[1]!);
}

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

test("serveHttp answers 413 to a body of more than 2 MiB, to clients that send it all first", async () => {
  await using server = await fixture();
  const limit = 2 * 1024 * 1024;
  const fits = await fetch(server.endpoint, { method: "POST", body: Buffer.alloc(limit) });
  assert.deepEqual([fits.status, server.seen[0]!.body.length], [200, limit]);
  for (const size of [limit + 1, 8 * limit]) {
    const refused = await fetch(server.endpoint, { method: "POST", body: Buffer.alloc(size) });
    assert.deepEqual(
      [refused.status, ((await refused.json()) as { __type: string }).__type],
      [413, "RequestEntityTooLargeException"],
    );
  }
  const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const refused = await fetch(server.endpoint, { method: "POST", headers: form, body: Buffer.alloc(limit + 1) });
  assert.deepEqual([refused.status, refused.headers.get("content-type")], [413, "text/xml"]);
  assert.match(
    await refused.text(),
    /^<ErrorResponse><Error><Type>Sender<\/Type><Code>RequestEntityTooLarge<\/Code><Message>Request size exceeds limit</,
  );
  const chunk = Buffer.alloc(limit);
  const chunks = [0, 1, 2].flatMap(() => [`${limit.toString(16)}\r\n`, chunk, "\r\n"]);
  const answer = await raw(
    server.port,
    "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n",
    ...chunks,
    "0\r\n\r\n",
  );
  assert.deepEqual(statuses(answer), ["413"]);
  assert.equal(server.seen.length, 1);
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
  ];
  for (const [sent, status] of cases)
    assert.deepEqual(statuses(await raw(server.port, sent)), [status], sent.slice(0, 60));
});

test("serveHttp closes on clients that are slow with their headers or their body", { timeout: 10_000 }, async () => {
  const patience = { headers: 60_000, request: 60_000, idle: 60_000, checked: 10 };
  await using strict = await fixture({ patience: { ...patience, headers: 40 } });
  await using server = await fixture({ patience: { ...patience, headers: 40, request: 40 } });
  const [headers, body] = await Promise.all([
    raw(strict.port, "GET / HTTP/1.1\r\nx: "),
    raw(server.port, "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc"),
  ]);
  assert.deepEqual([statuses(headers), statuses(body), strict.seen, server.seen], [["408"], ["408"], [], []]);
});

test("serveHttp answers pipelined requests in their order", async () => {
  const waiting: (() => void)[] = [];
  await using server = await fixture({
    dispatch: ({ path }) =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ ...ok, body: path }));
        // The last to arrive is answered first.
        if (waiting.length === 3) for (const answer of waiting.toReversed()) answer();
      }),
  });
  const requests = ["/1", "/2", "/3"].map((path, index) => {
    return `POST ${path} HTTP/1.1\r\n${index === 2 ? closing : "host: a\r\n"}content-length: 1\r\n\r\nx`;
  });
  const answer = await raw(server.port, requests.join(""));
  assert.deepEqual(statuses(answer), ["200", "200", "200"]);
  assert.deepEqual(answer.match(/\r\n\r\n\/\d/g), ["\r\n\r\n/1", "\r\n\r\n/2", "\r\n\r\n/3"]);
});

test("serveHttp lives on when a client goes away in the middle of its body, or before the answer", async () => {
  let answer: (response: WireResponse) => void = () => {};
  let arrived: () => void = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  await using server = await fixture({
    dispatch: ({ path }) => {
      if (path === "/") return Promise.resolve(ok);
      arrived();
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  });
  const half = connect(server.port, "127.0.0.1");
  half.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc", () => half.resetAndDestroy());
  await once(half, "close");
  const impatient = connect(server.port, "127.0.0.1");
  impatient.write("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n");
  await arrival;
  impatient.resetAndDestroy();
  await once(impatient, "close");
  answer({ ...ok, body: Buffer.alloc(1_000_000) });
  assert.equal((await fetch(server.endpoint)).status, 200);
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

test("serveHttp rejects where it cannot listen", async () => {
  await using server = await fixture();
  await assert.rejects(fixture({ port: server.port }), { code: "EADDRINUSE" });
});

test("serveHttp lets requests under way end when it is disposed of", async () => {
  let answer: (response: WireResponse) => void = () => {};
  const server = await fixture({ dispatch: () => new Promise((resolve) => (answer = resolve)) });
  const pending = fetch(server.endpoint, { method: "POST", body: "a" });
  while (String(answer) === String(() => {})) await new Promise(setImmediate);
  const closed = server[Symbol.asyncDispose]();
  answer(ok);
  assert.equal((await pending).status, 200);
  // The connection is not kept for more: closing it hard would take two seconds.
  const impatient = AbortSignal.timeout(1_500);
  await Promise.race([closed, once(impatient, "abort").then(() => assert.fail("the server did not close"))]);
  await assert.rejects(fetch(server.endpoint));
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
      // What the client did not finish, it ends.
      socket.end(Buffer.from(sent, "latin1"));
      const answer = await text(socket).catch(() => "");
      for (const status of statuses(answer)) assert.ok(Number(status) < 500, answer);
      assert.doesNotMatch(answer, /\n\s+at |node:/);
    }),
    { numRuns: 300 },
  );
  assert.equal((await fetch(server.endpoint)).status, 200);
});
