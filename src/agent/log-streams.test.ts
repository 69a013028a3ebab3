import assert from "node:assert/strict";
import { test } from "node:test";
import { container, taskWith } from "./engine/task.fixture.ts";
import { endpointsOf } from "./link/endpoints.ts";
import { logStreams } from "./log-streams.ts";
import { json, serve } from "./secrets/json-server.fixture.ts";

const instanceCredentials = async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "key" });

for (const [given, expected] of [
  [{ "awslogs-stream": "web/1" }, "web/1"],
  [{ "awslogs-stream": "" }, "run"],
  [{}, "run"],
] as const) {
  test(`The stream of output that the agent delivers with ${JSON.stringify(given)} is ${expected}`, async () => {
    await using server = await serve(json(200, {}));
    const Config = { "awslogs-group": "/app", "awslogs-region": "eu-west-1", ...given };
    const hostConfig = JSON.stringify({ LogConfig: { Type: "awslogs", Config } });
    const main = container("main", { dockerConfig: { config: "{}", hostConfig, version: "1.25" } });
    const task = taskWith([main], { main: { runtimeId: "run" } });
    const make = logStreams({ endpoints: endpointsOf([server.endpoint]), instanceCredentials, isShipped: true });
    assert.equal(await make(task, "main", undefined), undefined);
    assert.deepEqual(
      server.received.map(({ body }) => body),
      [{ logGroupName: "/app", logStreamName: expected }],
    );
  });
}
