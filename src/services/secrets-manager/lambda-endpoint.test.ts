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
    [
      (r) => r.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      "The rotation function cannot be reached, or did not answer in time",
    ],
    [(r) => r.destroy(), "The rotation function cannot be reached, or did not answer in time"],
  ];
  for (const [answer, message] of cases) {
    await using endpoint = await open(answer);
    await assert.rejects(invokeEndpoint(endpoint.url, event), { name: "RotationFailure", message });
  }
});
