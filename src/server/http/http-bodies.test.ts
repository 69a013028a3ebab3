import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { until } from "../../../test/support/until.ts";
import type { WireResponse } from "../../wire/protocol.ts";
import { BodyTooLarge } from "./body.ts";
import { closing, echo, fixture, ok, raw, statuses } from "./http.fixture.ts";

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

test("serveHttp takes more of UploadLayerPart: 20 MiB of a layer, in base64", async () => {
  await using server = await fixture();
  const headers = { "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.UploadLayerPart" };
  const send = async (size: number) =>
    (await fetch(server.endpoint, { method: "POST", headers, body: Buffer.alloc(size) })).status;
  assert.deepEqual([await send(29 * 1024 * 1024), await send(29 * 1024 * 1024 + 1)], [200, 413]);
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

test("a large body of a known sender may take as long as its size does on a slow line", {
  timeout: 10_000,
}, async () => {
  const patience = { headers: 60_000, idle: 60_000, checked: 10 };
  await using server = await fixture({ patience, api: { patience: 100 } });
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  const answer = text(socket).catch(() => "");
  socket.write("POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 400000\r\n\r\n");
  for (let piece = 0; piece < 4; piece++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(Buffer.alloc(100_000));
  }
  assert.deepEqual(statuses(await answer), ["200"]);
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
