import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerInspectInfo } from "dockerode";
import type { Health } from "../containers.ts";
import { healthOf, listedHealth } from "./health.ts";

const states: [object, Health | undefined][] = [
  [{}, undefined],
  [{ Health: { Status: "none" } }, undefined],
  [{ Health: { Status: "starting", Log: null } }, { status: "starting" }],
  [
    {
      Health: {
        Status: "unhealthy",
        Log: [
          { End: "2026-01-02T03:04:04.5Z", ExitCode: 0, Output: "good" },
          { End: "2026-01-02T03:04:05.5Z", ExitCode: 1, Output: "bad" },
        ],
      },
    },
    { status: "unhealthy", exitCode: 1, output: "bad", checkedAt: new Date("2026-01-02T03:04:05.5Z") },
  ],
];
for (const [state, expected] of states) {
  test(`healthOf shows ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(healthOf(state as ContainerInspectInfo["State"]), expected);
  });
}

const listed: [string, Health["status"] | undefined][] = [
  ["Up 5 seconds (health: starting)", "starting"],
  ["Up 2 minutes (healthy)", "healthy"],
  ["Up About an hour (unhealthy)", "unhealthy"],
  ["Up 5 seconds", undefined],
  ["Up 5 seconds (Paused)", undefined],
];
for (const [text, expected] of listed) {
  test(`listedHealth reads "${text}"`, () => assert.equal(listedHealth(text), expected));
}
