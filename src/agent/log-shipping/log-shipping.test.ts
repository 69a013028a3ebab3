import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeTimers } from "../../concurrency/timers.ts";
import { randomIds } from "../../ids.ts";
import { silentLog } from "../../log.ts";
import type { LogLine } from "../../runtime/logs.ts";
import { container, taskWith } from "../engine/task.fixture.ts";
import { endpointsOf } from "../link/endpoints.ts";
import { logShipping } from "./log-shipping.ts";
import type { ShippingState } from "./shipping-state.ts";

const hostConfig = JSON.stringify({
  LogConfig: { Type: "awslogs", Config: { "awslogs-group": "/app", "awslogs-region": "eu-west-1" } },
});
const main = container("main", { dockerConfig: { config: "{}", hostConfig, version: "1.25" } });

test("Output whose task is forgotten before it could be delivered is given up", { timeout: 10_000 }, async () => {
  const task = taskWith([main], { main: { status: "stopped", runtimeId: "run", startedAt: 1 } });
  const known = [task];
  const line: LogLine = { source: "stdout", time: "2026-01-01T00:00:00Z", data: Buffer.from("late"), partial: false };
  const saved: ShippingState[] = [];
  const timers = fakeTimers();
  await using shipping = logShipping({
    engine: { tasks: () => known, credentials: () => undefined },
    logs: {
      async *read() {
        yield line;
      },
    },
    store: {
      shipping: () => saved.at(-1),
      setShipping: async (_task, _container, state) => void saved.push(state),
    },
    delivery: { credentialsOrigin: "", ownCredentials: false, isShipped: true },
    // Nothing listens there.
    endpoints: endpointsOf(["http://127.0.0.1:1"]),
    instanceCredentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "key" }),
    marks: async () => undefined,
    ...{ timers, ids: randomIds, log: silentLog },
  });
  shipping.changed(task);
  const delivered = shipping.delivered(task.arn);
  while (!timers.pending().includes(500)) await new Promise(setImmediate);
  known.pop();
  timers.advance(500);
  await delivered;
  assert.equal(saved.at(-1)?.isDone, true);
  assert.deepEqual(timers.pending(), []);
});
