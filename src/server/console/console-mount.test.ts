import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { throwAwayDirectory } from "../../../test/support/throw-away.ts";
import { serveHttp } from "../http/http.ts";
import type { Mount } from "../http/mounts.ts";
import { withBrowserDoor } from "./browser-door.ts";
import { consoleMount } from "./console-mount.ts";

const page = "<!doctype html><title>Sealift</title>";
const script = `console.log("${"x".repeat(2_000)}")`;

/** A server with a console of two files, and with an API that says of each request that it was asked. */
async function open({ isBuilt = true, publicUrl = undefined as string | undefined } = {}) {
  const directory = await throwAwayDirectory("sealift-console-");
  const folder = join(directory.path, "dist");
  async function build(): Promise<void> {
    await mkdir(join(folder, "assets"), { recursive: true });
    await writeFile(join(folder, "assets/main-1a2b.js"), script);
    await writeFile(join(folder, "assets/main-1a2b.js.br"), brotliCompressSync(script));
    await writeFile(join(folder, "assets/main-1a2b.js.gz"), gzipSync(script));
    await writeFile(join(folder, "index.html"), page);
  }
  if (isBuilt) await build();
  await writeFile(join(directory.path, "secret.txt"), "secret");
  const failures: unknown[] = [];
  const api: Mount = {
    ...{ prefix: "", largestBody: 1_000, patience: 1_000 },
    handle: async ({ method, path }) => ({ status: 200, headers: { "x-api": "asked" }, body: `${method} ${path}` }),
  };
  const console = consoleMount({
    publicUrl,
    folder,
    onError: (error) => void failures.push(error),
  });
  const http = await serveHttp({
    ...{ host: "127.0.0.1", port: 0, mounts: [console, withBrowserDoor(api)] },
    upgrade: async (_request, _incoming, socket) => void socket.destroy(),
  });
  return {
    ...http,
    build,
    folder,
    failures,
    get: (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
      fetch(http.endpoint + path, { method, headers, redirect: "manual" }),
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

test("every path below /console/ that is no file is the page, which is never kept", async () => {
  await using server = await open();
  for (const path of ["/console/", "/console/index.html", "/console/ecs/clusters/default", "/console/a.b?c=d"]) {
    const answer = await server.get(path);
    assert.deepEqual([answer.status, await answer.text()], [200, page], path);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("content-type"), "text/html; charset=utf-8");
  }
  const bare = await server.get("/console");
  assert.deepEqual([bare.status, bare.headers.get("location")], [308, "/console/"]);
  assert.equal((await server.get("/console/assets/gone-9f9f.js")).status, 404, "no page in place of an old script");
  assert.equal((await server.get("/consoles")).status, 404);
  assert.equal((await server.get("/console/", {}, "POST")).status, 405);
  assert.deepEqual(server.failures, []);
});

test("files with a hash in their names are kept for ever, in the form that the browser takes best", async () => {
  await using server = await open();
  const path = "/console/assets/main-1a2b.js";
  const etags = new Set<string | null>();
  for (const [accepted, coding] of [
    ["gzip, deflate, br", "br"],
    ["gzip, br;q=0", "gzip"],
    ["identity", null],
  ] as const) {
    const answer = await server.get(path, { "accept-encoding": accepted });
    assert.deepEqual([answer.status, await answer.text()], [200, script]);
    assert.equal(answer.headers.get("content-encoding"), coding);
    assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(answer.headers.get("vary"), "accept-encoding");
    etags.add(answer.headers.get("etag"));
    const again = await server.get(path, {
      "accept-encoding": accepted,
      "if-none-match": answer.headers.get("etag") ?? "",
    });
    assert.deepEqual([again.status, await again.text()], [304, ""]);
  }
  assert.equal(etags.size, 3, "each form has a tag of its own");
  const head = await server.get(path, { "accept-encoding": "identity" }, "HEAD");
  assert.deepEqual([head.status, head.headers.get("content-length"), await head.text()], [200, `${script.length}`, ""]);
});

test("no path leads out of the console's files", async () => {
  await using server = await open();
  const { port } = new URL(server.endpoint);
  for (const path of [
    "/console/../secret.txt",
    "/console/assets/../../secret.txt",
    "/console/assets/..%2f..%2fsecret.txt",
    "/console/%2e%2e/secret.txt",
    "/console//etc/passwd",
    "/console/assets/main-1a2b.js%00",
    "/console/assets/main-1a2b.js.br",
    "/console/assets",
    "/console/__proto__",
  ]) {
    const socket = connect(Number(port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    const [, status, body] = /^HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n([\s\S]*)$/.exec(await text(socket)) ?? [];
    assert.ok(status === "404" || body === page, `${path}: ${status} ${body}`);
  }
  assert.deepEqual(server.failures, []);
});

test("a page may load and call nothing but its own server, and nobody may frame it", async () => {
  await using server = await open({ publicUrl: "https://sealift.example.com/" });
  for (const path of ["/console/", "/console/assets/main-1a2b.js", "/console/assets/gone.js", "/console"]) {
    const { headers } = await server.get(path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.ok(!/unsafe|\*|https?:/.test(policy), policy);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self' wss://sealift.example.com",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]) {
      assert.ok(policy.split("; ").includes(part), `${part} in ${policy}`);
    }
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
    assert.equal(headers.get("access-control-allow-origin"), null);
  }
});

test("a browser that asks for / is led to the console; every other request is the API's", async () => {
  await using server = await open();
  const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
  const { status, headers } = await server.get("/", html);
  assert.deepEqual([status, headers.get("location"), headers.get("cache-control")], [302, "/console/", "no-store"]);
  const ofApi = [
    ["/", {}],
    ["/", { accept: "*/*" }],
    ["/", { ...html, authorization: "AWS4-HMAC-SHA256 …".slice(0, 16) }],
    ["/?Action=GetCallerIdentity&X-Amz-Signature=0", html],
    ["/v2/", html],
    ["/health-of-something", html],
  ] as const;
  for (const [path, sent] of ofApi) assert.equal((await server.get(path, sent)).headers.get("x-api"), "asked", path);
  assert.equal((await server.get("/", html, "POST")).headers.get("x-api"), "asked");
});

test("a console that is not built says how it is built, and is found once it is", async () => {
  await using server = await open({ isBuilt: false });
  const before = await server.get("/console/");
  assert.equal(before.status, 503);
  assert.match(await before.text(), /npm run console/);
  await server.build();
  assert.equal((await server.get("/console/")).status, 200);
  assert.deepEqual(server.failures, []);
});

test("a console that is built anew is served from the next request, and nothing of the one before", async () => {
  await using server = await open();
  assert.equal(await (await server.get("/console/")).text(), page);
  assert.equal((await server.get("/console/assets/main-1a2b.js")).status, 200);
  const next = `${server.folder}-next`;
  await mkdir(join(next, "assets"), { recursive: true });
  await writeFile(join(next, "assets/main-3c4d.js"), "next()");
  await writeFile(join(next, "index.html"), `${page}<p>Next`);
  await rename(server.folder, `${server.folder}-before`);
  await rename(next, server.folder);
  assert.equal(await (await server.get("/console/")).text(), `${page}<p>Next`);
  assert.equal(await (await server.get("/console/assets/main-3c4d.js")).text(), "next()");
  assert.equal((await server.get("/console/assets/main-1a2b.js")).status, 404);
  assert.deepEqual(server.failures, []);
  await rm(join(server.folder, "assets/main-3c4d.js"));
  assert.equal((await server.get("/console/assets/main-3c4d.js")).status, 500, "a listed file that cannot be read");
  assert.equal(server.failures.length, 1);
});
