import assert from "node:assert/strict";
import { test } from "node:test";
import { statsTable } from "./stats-table.ts";

const arn = (id: string) => `arn:aws:ecs:us-east-1:000000000000:task/default/${id}`;
const at = "2026-01-01T00:00:00.000Z";
const now = Date.parse(at) + 12_400;

test("the table has a line a task, and one a container where there are several", () => {
  const network = { rxBytesPerSecond: 100.4, txBytesPerSecond: 7 };
  const table = statsTable(
    [
      {
        ...{ taskArn: arn("one"), definition: "web:3", status: "RUNNING", health: "HEALTHY", at },
        ...{ cpuLimit: 512, memoryLimit: 1024 },
        containers: [
          { name: "app", cpu: 100, memory: 50.26, network },
          { name: "\u001b[2Jsidecar", cpu: 28, memory: 1 },
        ],
      },
      { taskArn: arn("two"), definition: "job:1", status: "PENDING", health: "UNKNOWN" },
      {
        taskArn: arn("three"),
        definition: "job:1",
        status: "RUNNING",
        health: "UNKNOWN",
        at,
        containers: [{ name: "a" }],
      },
    ],
    now,
  );
  assert.deepEqual(
    table.split("\n").map((line) => line.split(/ {2,}/)),
    [
      ["TASK", "DEFINITION", "HEALTH", "CPU UNITS", "MEMORY MIB", "NET RX/TX B/S", "AGE"],
      ["one", "web:3", "HEALTHY", "128.0 / 512", "51.3 / 1024", "100 / 7", "12s"],
      ["", "app", "100.0", "50.3", "100 / 7"],
      ["", "\\u001b[2Jsidecar", "28.0", "1.0", "-"],
      ["two", "job:1", "PENDING", "-", "-", "-", "-"],
      ["three", "job:1", "UNKNOWN", "-", "-", "-", "12s"],
      [""],
    ],
  );
});
