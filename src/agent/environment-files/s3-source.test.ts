import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { type ObjectStoreOptions, openObjectStore } from "../../../test/support/object-store.ts";
import { systemClock } from "../../clock.ts";
import { systemTimers } from "../../concurrency/timers.ts";
import { s3Source } from "./s3-source.ts";

const credentials = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "key", sessionToken: "token" };
const never = new AbortController().signal;
/** Nobody wants to wait for the pauses between attempts. */
const timers = { ...systemTimers, after: (_: number, work: () => void) => systemTimers.after(0, work) };

function source(endpoint: string, change: Partial<Parameters<typeof s3Source>[0]> = {}) {
  return s3Source({ credentials, region: "us-east-1", endpoint, clock: systemClock, timers, ...change });
}

async function read(key: string, options: ObjectStoreOptions, path = "") {
  await using store = await openObjectStore({ credentials, ...options });
  const work = source(store.endpoint + path).getObject({ bucket: "my.bucket", key }, never);
  const [outcome] = await Promise.allSettled([work]);
  return { outcome, text: outcome.status === "fulfilled" ? String(outcome.value) : String(outcome.reason), ...store };
}

test("s3Source reads an object, signed as the execution role's session", async () => {
  const { outcome, shown } = await read("a/b.env", { objects: { "/my.bucket/a/b.env": Buffer.from([0xff, 0, 0x41]) } });
  assert.deepEqual(outcome.status === "fulfilled" && [...outcome.value], [0xff, 0, 0x41]);
  assert.match(shown[0]?.authorization ?? "", /Credential=ASIAEXAMPLE\/\d{8}\/us-east-1\/s3\/aws4_request/);
});

for (const [key, path] of [
  ["a b+c&d=ü/€.env", "a%20b%2Bc%26d%3D%C3%BC/%E2%82%AC.env"],
  ["!'()*%41~_-.env", "%21%27%28%29%2A%2541~_-.env"],
  ["a/../app.env", "a/../app.env"],
  ["a//b/./c", "a//b/./c"],
] as const) {
  test(`s3Source asks for the key ${key} as it is`, async () => {
    const { text, paths } = await read(key, { objects: { [`/my.bucket/${path}`]: "A=1" } });
    assert.equal(text, "A=1");
    assert.deepEqual(paths, [`/my.bucket/${path}`]);
  });
}

test("s3Source takes an endpoint with a path", async () => {
  const { text } = await read("key", { objects: { "/s3/my.bucket/key": "A=1" } }, "/s3/");
  assert.equal(text, "A=1");
});

test("s3Source follows a bucket to its Region, once", async () => {
  const { text, shown } = await read("key", { objects: { "/my.bucket/key": "A=1" }, region: "eu-west-1" });
  assert.equal(text, "A=1");
  assert.equal(shown.length, 2);
  const refused = await read("key", {
    objects: {},
    region: "eu-west-1",
    failures: Array.from({ length: 9 }, () => ({ status: 301, code: "PermanentRedirect" })),
  });
  assert.equal(refused.shown.length, 2);
  assert.match(refused.text, /StatusCode: 301, RequestID: request-1, HostID: host-1, api error PermanentRedirect: /);
});

test("s3Source goes to no Region whose name would lead to another host", async () => {
  const { text, shown } = await read("key", { objects: {}, region: "a.example.com/" });
  assert.equal(shown.length, 1);
  assert.match(text, /StatusCode: /);
});

test("s3Source tries three times where the service fails or wants less", async () => {
  const failures = [
    { status: 503, code: "SlowDown" },
    { status: 500, code: "InternalError" },
  ];
  const objects = { "/my.bucket/key": "A=1" };
  assert.equal((await read("key", { objects, failures })).text, "A=1");
  const throttled = await read("key", { objects, failures: [...failures, { status: 429, code: "TooManyRequests" }] });
  assert.equal(throttled.shown.length, 3);
  assert.equal(
    throttled.text,
    "Error: operation error S3: GetObject, exceeded maximum number of attempts, 3, https response error StatusCode: 429, RequestID: request-1, HostID: host-1, api error TooManyRequests: Please <reduce> your request rate.",
  );
});

for (const [what, status, code, expected] of [
  ["a denial", 403, "AccessDenied", "api error AccessDenied: "],
  ["a missing object", 404, "NoSuchKey", "NoSuchKey: "],
  ["a missing bucket", 404, "NoSuchBucket", "api error NoSuchBucket: "],
] as const) {
  test(`s3Source does not try ${what} again`, async () => {
    const { text, shown } = await read("key", { objects: { "/my.bucket/key": "A=1" }, failures: [{ status, code }] });
    assert.equal(shown.length, 1);
    const call = "Error: operation error S3: GetObject, https response error";
    assert.ok(
      text.startsWith(`${call} StatusCode: ${status}, RequestID: request-1, HostID: host-1, ${expected}`),
      text,
    );
  });
}

test("s3Source is refused with another session's key", async () => {
  const { text } = await read("key", {
    objects: { "/my.bucket/key": "A=1" },
    credentials: { ...credentials, secretAccessKey: "other" },
  });
  assert.match(text, /api error SignatureDoesNotMatch: /);
});

async function refusing(answer: "silence" | "half" | "nothing") {
  const server = createServer((_request, response) => {
    if (answer === "half") response.writeHead(200, { "content-length": 10 }).end("A=1");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (answer === "nothing") await new Promise((resolve) => server.close(resolve));
  const work = source(endpoint, { requestTimeout: 100 }).getObject({ bucket: "b", key: "k" }, never);
  const [outcome] = await Promise.allSettled([work]);
  server.closeAllConnections();
  if (answer !== "nothing") await new Promise((resolve) => server.close(resolve));
  return String(outcome.status === "rejected" && outcome.reason);
}

test("s3Source gives up after three attempts on a store that is silent, away, or breaks off", async () => {
  const exceeded = "exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , HostID: ,";
  assert.ok((await refusing("silence")).endsWith(`${exceeded} canceled, context deadline exceeded`));
  assert.match(await refusing("nothing"), /exceeded .* request send failed, connect ECONNREFUSED/);
  assert.match(await refusing("half"), /exceeded .* (request send failed|canceled)/);
});

test("s3Source ends when the task is stopped", async () => {
  await using store = await openObjectStore({ objects: {} });
  const stopped = source(store.endpoint).getObject({ bucket: "b", key: "k" }, AbortSignal.abort());
  await assert.rejects(stopped, /canceled/);
  assert.deepEqual(store.paths, []);
});
