import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { fakeClock } from "../../../clock.ts";
import { randomIds } from "../../../ids.ts";
import type { ContainerSpec } from "../../containers.ts";
import type { RuntimeError } from "../../runtime-error.ts";
import { openLog } from "./log-drivers.ts";
import type { LogOptions } from "./log-sink.ts";

const token = "canary-token-4711";
const id = "0123456789abcdef".repeat(4);

/** A collector that answers what `status` says to each request in turn, and 200 after that. */
async function collector(...statuses: number[]) {
  const requests: { method: string; url: string; headers: IncomingMessage["headers"]; body: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    requests.push({ method: request.method!, url: request.url!, headers: request.headers, body });
    response.writeHead(statuses.shift() ?? 200).end(`you sent ${request.headers.authorization}`);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

function open(options: LogOptions, warnings: string[] = []) {
  const spec: ContainerSpec = {
    name: "web",
    image: "httpd:2",
    environment: { REGION: "r" },
    labels: { team: "t" },
    ports: [],
    network: "host",
    log: { driver: "splunk", options },
  };
  return openLog({ id, spec, path: "", clock: fakeClock(), ids: randomIds, warn: (message) => warnings.push(message) });
}

async function sent(options: LogOptions, ...lines: string[]): Promise<unknown[]> {
  await using splunk = await collector();
  const log = await open({ "splunk-url": splunk.url, "splunk-token": token, ...options });
  await log.write(
    "stdout",
    lines.map((text) => ({ text, partial: false })),
  );
  await log.close();
  const bodies = splunk.requests.filter(({ method }) => method === "POST");
  return bodies.flatMap(({ body, headers }) => {
    const text = (headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    return text
      .replaceAll("}{", "}\n{")
      .split("\n")
      .map((line) => JSON.parse(line));
  });
}

test("splunk verifies the connection and sends events with the token in a header", async () => {
  await using splunk = await collector();
  const log = await open({ "splunk-url": splunk.url, "splunk-token": token });
  await log.write("stderr", [{ text: "hello", partial: false }]);
  await log.close();
  const path = "/services/collector/event/1.0";
  assert.deepEqual(
    splunk.requests.map(({ method, url }) => `${method} ${url}`),
    [`OPTIONS ${path}`, `POST ${path}`],
  );
  assert.equal(splunk.requests[1]?.headers.authorization, `Splunk ${token}`);
  assert.deepEqual(JSON.parse(splunk.requests[1]!.body.toString()), {
    event: { line: "hello", source: "stderr", tag: id.slice(0, 12) },
    time: "1767323045.000000",
    host: hostname(),
  });
});

const common = { time: "1767323045.000000", host: hostname() };
const tag = id.slice(0, 12);
const shapes: [string, LogOptions, string[], unknown[]][] = [
  [
    "source, type and index",
    { "splunk-source": "s", "splunk-sourcetype": "st", "splunk-index": "i" },
    ["a"],
    [{ event: { line: "a", source: "stdout", tag }, ...common, source: "s", sourcetype: "st", index: "i" }],
  ],
  [
    "JSON lines",
    { "splunk-format": "json" },
    ['{"a":1}', "text"],
    [
      { event: { line: { a: 1 }, source: "stdout", tag }, ...common },
      { event: { line: "text", source: "stdout", tag }, ...common },
    ],
  ],
  ["raw lines but no blank ones", { "splunk-format": "raw" }, ["a", " "], [{ event: `${tag} a`, ...common }]],
  ["no tag", { tag: "" }, ["a"], [{ event: { line: "a", source: "stdout" }, ...common }]],
  [
    "a tag template",
    { tag: "{{.ImageName}}/{{.Name}}" },
    ["a"],
    [{ event: { line: "a", source: "stdout", tag: "httpd:2/web" }, ...common }],
  ],
  [
    "attributes",
    { labels: "team", "env-regex": "^REG" },
    ["a"],
    [{ event: { line: "a", source: "stdout", tag, attrs: { team: "t", REGION: "r" } }, ...common }],
  ],
  ["compressed events", { "splunk-gzip": "true" }, ["a"], [{ event: { line: "a", source: "stdout", tag }, ...common }]],
];
for (const [what, options, lines, expected] of shapes) {
  test(`splunk sends ${what}`, async () => {
    assert.deepEqual(await sent(options, ...lines), expected);
  });
}

test("splunk sends many lines in order and in batches", async () => {
  const lines = Array.from({ length: 2500 }, (_, index) => `line ${index}`);
  const events = (await sent({}, ...lines)) as { event: { line: string } }[];
  assert.deepEqual(
    events.map(({ event }) => event.line),
    lines,
  );
});

const broken: [string, LogOptions, RegExp][] = [
  ["no URL", { "splunk-token": token }, /splunk-url is expected/],
  ["no token", { "splunk-url": "http://127.0.0.1:1" }, /splunk-token is expected/],
  ["an empty token", { "splunk-url": "http://127.0.0.1:1", "splunk-token": "" }, /splunk-token is expected/],
  [
    "a URL with a path",
    { "splunk-url": "http://127.0.0.1:1/x", "splunk-token": token },
    /expected format scheme:\/\/dns_name_or_ip:port/,
  ],
  ["an option that is not there", { "splunk-urll": "x", "splunk-token": token }, /unknown log opt 'splunk-urll'/],
  [
    "an unknown format",
    { "splunk-url": "http://127.0.0.1:1", "splunk-token": token, "splunk-format": "x" },
    /Unknown format specified, supported/,
  ],
  [
    "nobody at the URL",
    { "splunk-url": "http://127.0.0.1:1", "splunk-token": token },
    /failed to verify connection - .*ECONNREFUSED/,
  ],
];
for (const [what, options, message] of broken) {
  test(`splunk fails the start for ${what}, without the token`, async () => {
    await assert.rejects(open(options), (error: RuntimeError) => {
      assert.equal(error.name, "CannotStartContainerError");
      assert.match(error.message, /^failed to initialize logging driver: /);
      assert.match(error.message, message);
      assert.ok(!error.message.includes(token), error.message);
      return true;
    });
  });
}

test("splunk fails the start when the collector refuses the verification, unless that is turned off", async () => {
  await using splunk = await collector(403);
  const options = { "splunk-url": splunk.url, "splunk-token": token };
  await assert.rejects(open(options), /splunk: failed to verify connection - 403 Forbidden/);
  await open({ ...options, "splunk-verify-connection": "false" });
  assert.equal(splunk.requests.length, 1);
});

test("splunk tries again, loses nothing and warns without the token", async () => {
  await using splunk = await collector(200, 503, 503);
  const warnings: string[] = [];
  const log = await open({ "splunk-url": splunk.url, "splunk-token": token }, warnings);
  await log.write("stdout", [{ text: "kept", partial: false }]);
  await log.close();
  const posts = splunk.requests.filter(({ method }) => method === "POST").map(({ body }) => body.toString());
  assert.equal(posts.length, 3);
  assert.match(posts[2]!, /"line":"kept"/);
  assert.deepEqual(warnings, ["splunk: failed to send event - 503 Service Unavailable - you sent Splunk ***"]);
});

test("splunk gives up on a collector that stays away after the container's end, and says what is lost", async () => {
  await using splunk = await collector(200, 503, 503, 503, 503, 503);
  const warnings: string[] = [];
  const log = await open({ "splunk-url": splunk.url, "splunk-token": token }, warnings);
  await log.write("stdout", [{ text: "lost", partial: false }]);
  await log.close();
  assert.equal(warnings.at(-1), 'splunk: 1 events of container "web" were not delivered');
});
