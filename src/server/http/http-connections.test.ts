import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import { closing, fixture, ok, raw, statuses } from "./http.fixture.ts";

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

test("serveHttp does not wait for a WebSocket that is opened while it is disposed of", {
  timeout: 10_000,
}, async () => {
  const opened = Promise.withResolvers<void>();
  const server = await fixture({ upgrade: async () => opened.resolve() });
  const client = connect(server.port, "127.0.0.1");
  client.on("error", () => {});
  const ended = once(client, "close");
  client.resume().write("GET /ws HTTP/1.1\r\nhost: a\r\n");
  // Its first bytes are there once a later connection is answered.
  await fetch(`${server.endpoint}/health`);
  const closed = server[Symbol.asyncDispose]();
  client.write("connection: upgrade\r\nupgrade: websocket\r\n\r\n");
  await opened.promise;
  await closed;
  await ended;
});
