import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { invokeEndpoint } from "./lambda-endpoint.ts";

const event = { Step: "createSecret", SecretId: "arn", ClientRequestToken: "t" } as const;

async function open(answer: (response: ServerResponse) => void) {
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(JSON.parse(await text(request)));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    bodies,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

test("invokeEndpoint sends AWS's event, and takes any answer that is no error for success", async () => {
  for (const answer of ["null", "", '"done"', '{"statusCode":200}', "not JSON"]) {
    await using endpoint = await open((response) => response.end(answer));
    await invokeEndpoint(endpoint.url, event);
    assert.deepEqual(endpoint.bodies, [event]);
  }
});

test("invokeEndpoint fails as the function did, and never in the function's own words", async () => {
  const secret = "hunter2";
  const cases: readonly (readonly [(response: ServerResponse) => void, string])[] = [
    [
      (r) => r.end(JSON.stringify({ errorType: "ValueError", errorMessage: secret })),
      "The rotation function failed with ValueError",
    ],
    [(r) => r.end(JSON.stringify({ errorType: `E ${secret}`, errorMessage: secret })), "The rotation function failed"],
    [(r) => r.end(JSON.stringify({ errorMessage: secret })), "The rotation function failed"],
    [(r) => r.setHeader("X-Amz-Function-Error", "Unhandled").end("{}"), "The rotation function failed"],
    [(r) => r.writeHead(500).end(secret), "The rotation function answered with status 500"],
    [(r) => r.writeHead(302, { location: "/" }).end(), "The rotation function answered with status 302"],
    [(r) => r.destroy(), "The rotation function cannot be reached, or did not answer in time"],
  ];
  for (const [answer, message] of cases) {
    await using endpoint = await open(answer);
    await assert.rejects(invokeEndpoint(endpoint.url, event), { name: "RotationFailure", message });
  }
});

test("invokeEndpoint takes an error for one however long it is, and reads no more than Lambda lets a function answer", async () => {
  const longest = 6 * 1024 * 1024;
  const failure = (length: number) => JSON.stringify({ errorType: "ValueError", errorMessage: "x".repeat(length) });
  const cases: readonly (readonly [string, string])[] = [
    [failure(2 * 1024 * 1024), "The rotation function failed with ValueError"],
    [failure(longest), "The rotation function answered with more than 6 MB"],
    ["x".repeat(longest + 1), "The rotation function answered with more than 6 MB"],
  ];
  for (const [answer, message] of cases) {
    await using endpoint = await open((response) => response.end(answer));
    await assert.rejects(invokeEndpoint(endpoint.url, event), { name: "RotationFailure", message });
  }
  await using endless = await open((response) => {
    const write = (): unknown => response.destroyed || response.write(Buffer.alloc(64 * 1024), write);
    write();
  });
  await assert.rejects(invokeEndpoint(endless.url, event), /more than 6 MB/);
  await using exact = await open((response) => response.end(`"${"x".repeat(longest - 2)}"`));
  await invokeEndpoint(exact.url, event);
});

test("invokeEndpoint gives up at its deadline, whether the function has begun to answer or not", async () => {
  for (const begins of [false, true]) {
    const deadline = new AbortController();
    await using endpoint = await open((response) => {
      if (begins) response.write(" ");
      setImmediate(() => deadline.abort());
    });
    await assert.rejects(invokeEndpoint(endpoint.url, event, deadline.signal), /did not answer in time/);
  }
});
