import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import fc from "fast-check";
import { until } from "../../../test/support/until.ts";
import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import { type ApiMountOptions, apiMount } from "./api-mount.ts";
import { BodyTooLarge } from "./body.ts";
import { type HttpOptions, serveHttp } from "./http.ts";
import type { Mount } from "./mounts.ts";

const ok: WireResponse = { status: 200, headers: { "content-type": "text/plain" }, body: "é" };

/** A server that records the requests that arrive. */
async function fixture({
  mounts = [],
  api,
  ...overrides
}: Partial<HttpOptions> & { readonly api?: Partial<ApiMountOptions> } = {}) {
  const seen: WireRequest[] = [];
  const upgraded: WireRequest[] = [];
  const http = await serveHttp({
    host: "127.0.0.1",
    port: 0,
    mounts: [
      {
        ...{ prefix: "/health", largestBody: 0, patience: 1_000 },
        handle: async () => ({ ...ok, body: Buffer.from("{}") }),
      },
      ...mounts,
      apiMount({
        async dispatch(request) {
          seen.push(request);
          return ok;
        },
        isKnown: async () => true,
        ...api,
      }),
    ],
    async upgrade(request, _incoming, socket) {
      upgraded.push(request);
      socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    },
    ...overrides,
  });
  const port = Number(new URL(http.endpoint).port);
  return { ...http, seen, upgraded, port, [Symbol.asyncDispose]: http[Symbol.asyncDispose] };
}

/** Sends bytes as they are. Resolves to everything that the server sends until it closes. */
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

test("serveHttp takes more of PutLogEvents: a megabyte of messages may be six in JSON", async () => {
  await using server = await fixture();
  const headers = { "x-amz-target": "Logs_20140328.PutLogEvents" };
  const send = async (size: number) =>
    (await fetch(server.endpoint, { method: "POST", headers, body: Buffer.alloc(size) })).status;
  assert.deepEqual([await send(7 * 1024 * 1024), await send(7 * 1024 * 1024 + 1)], [200, 413]);
  assert.equal(server.seen[0]!.body.length, 7 * 1024 * 1024);
});

test("an unknown caller's large body is not kept: its headers are answered, and a form is refused", async () => {
  await using server = await fixture({ api: { isKnown: async () => false } });
  const large = Buffer.alloc(128 * 1024 + 1, "x");
  const answered = await fetch(server.endpoint, { method: "POST", body: large });
  assert.equal(answered.status, 200);
  assert.deepEqual([server.seen.length, server.seen[0]!.body.length], [1, 0]);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  assert.equal((await fetch(server.endpoint, { method: "POST", headers, body: large })).status, 413);
  assert.equal((await fetch(server.endpoint, { method: "POST", headers, body: large.subarray(1) })).status, 200);
  assert.deepEqual([server.seen.length, server.seen[1]!.body.length], [2, 128 * 1024]);
});

test("large bodies beyond the budget are answered 503, and taken again once others are answered", async () => {
  const waiting: (() => void)[] = [];
  const dispatch = () => new Promise<WireResponse>((resolve) => void waiting.push(() => resolve(ok)));
  await using server = await fixture({ api: { dispatch, budget: 200_000 } });
  const post = (size: number) => fetch(server.endpoint, { method: "POST", body: Buffer.alloc(size) });
  const first = post(150_000);
  await until("it happens", () => waiting.length === 1);
  const refused = await post(150_000);
  assert.equal(refused.status, 503);
  assert.equal(((await refused.json()) as { __type: string }).__type, "ServiceUnavailableException");
  const small = post(1_000);
  await until("it happens", () => waiting.length === 2);
  for (const answer of waiting.splice(0)) answer();
  assert.deepEqual([(await first).status, (await small).status], [200, 200]);
  const again = post(150_000);
  await until("it happens", () => waiting.length === 1);
  waiting[0]?.();
  assert.equal((await again).status, 200);
});

/** A mount that streams: it answers with what it reads, piece by piece. */
function echo(overrides: Partial<Mount> = {}): Mount {
  return {
    ...{ prefix: "/echo/", largestBody: 1_000_000_000, patience: 1_000 },
    handle: async ({ body }) => ({ status: 200, headers: {}, body }),
    ...overrides,
  };
}

test("a mount is asked before the body is read, and answers while it still comes", async () => {
  let asked = 0;
  const mount = echo({
    async handle({ body }) {
      asked++;
      return { status: 200, headers: {}, body };
    },
  });
  await using server = await fixture({ mounts: [mount] });
  const socket = connect(server.port, "127.0.0.1");
  const answer = text(socket);
  socket.write("POST /echo/ HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 6\r\n\r\n");
  await until("it happens", () => asked === 1);
  socket.write("one");
  await once(socket, "data");
  socket.write("two");
  assert.match(await answer, /one[\s\S]*two/);
  assert.equal(server.seen.length, 0);
});

test("a stream that the client does not read keeps its source waiting, and ends with the client", async () => {
  let made = 0;
  let returned = false;
  async function* source() {
    try {
      for (; made < 10_000; made++) yield Buffer.alloc(64 * 1024);
    } finally {
      returned = true;
    }
  }
  const mount = echo({ handle: async () => ({ status: 200, headers: {}, body: source() }) });
  await using server = await fixture({ mounts: [mount] });
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.pause();
  socket.write("GET /echo/ HTTP/1.1\r\nhost: a\r\n\r\n");
  await until("it happens", () => made > 0);
  let before = -1;
  while (before !== made) {
    before = made;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(made < 1_000, `${made} pieces are buffered somewhere`);
  socket.destroy();
  await until("it happens", () => returned);
  assert.ok(made < 1_000);
});

test("a mount that reads more than its limit gets an error, and the connection goes on", async () => {
  const mount = echo({
    largestBody: 10,
    async handle({ body }) {
      try {
        for await (const _ of body);
        return { status: 200, headers: {}, body: "" };
      } catch (error) {
        return { status: error instanceof BodyTooLarge ? 413 : 500, headers: {}, body: "" };
      }
    },
  });
  await using server = await fixture({ mounts: [mount] });
  const request = (size: number) =>
    `POST /echo/ HTTP/1.1\r\nhost: a\r\ncontent-length: ${size}\r\n\r\n${"x".repeat(size)}`;
  const last = `GET / HTTP/1.1\r\n${closing}\r\n`;
  assert.deepEqual(statuses(await raw(server.port, request(10), request(100_000), last)), ["200", "413", "200"]);
});

test("a streamed body may take long, each piece of it may not", { timeout: 10_000 }, async () => {
  const patience = { headers: 60_000, idle: 60_000, checked: 10 };
  await using server = await fixture({ patience, mounts: [echo({ patience: 500 })] });
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  const answer = text(socket).catch(() => "");
  socket.write("POST /echo/ HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n");
  for (let piece = 0; piece < 8; piece++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(`piece${piece}`);
  }
  assert.match(await answer, /piece7/);
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

test("serveHttp closes on clients that are slow with their headers or their body", { timeout: 10_000 }, async () => {
  const patience = { headers: 60_000, idle: 60_000, checked: 10 };
  await using strict = await fixture({ patience: { ...patience, headers: 40 } });
  await using server = await fixture({ patience, api: { patience: 40 } });
  const [headers, body] = await Promise.all([
    raw(strict.port, "GET / HTTP/1.1\r\nx: "),
    raw(server.port, "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc"),
  ]);
  assert.deepEqual([statuses(headers), statuses(body), strict.seen, server.seen], [["408"], ["408"], [], []]);
});

test("serveHttp waits for the work of a client that has gone away when it is disposed of", async () => {
  const working = Promise.withResolvers<WireResponse>();
  const begun = Promise.withResolvers<void>();
  const server = await fixture({
    api: {
      dispatch() {
        begun.resolve();
        return working.promise;
      },
    },
  });
  const client = connect(server.port, "127.0.0.1");
  client.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\na");
  await begun.promise;
  client.destroy();
  let isClosed = false;
  const closed = server[Symbol.asyncDispose]().then(() => {
    isClosed = true;
  });
  await assert.rejects(fetch(server.endpoint));
  assert.equal(isClosed, false);
  working.resolve(ok);
  await closed;
});

test("serveHttp answers pipelined requests in their order", async () => {
  const waiting: (() => void)[] = [];
  const dispatch = ({ path }: WireRequest) =>
    new Promise<WireResponse>((resolve) => {
      waiting.push(() => resolve({ ...ok, body: path }));
      // The last to arrive is answered first.
      if (waiting.length === 3) for (const answer of waiting.toReversed()) answer();
    });
  await using server = await fixture({ api: { dispatch } });
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
  const dispatch = ({ path }: WireRequest) => {
    if (path === "/") return Promise.resolve(ok);
    arrived();
    return new Promise<WireResponse>((resolve) => {
      answer = resolve;
    });
  };
  await using server = await fixture({ api: { dispatch } });
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
  const server = await fixture({ api: { dispatch: () => new Promise((resolve) => (answer = resolve)) } });
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
