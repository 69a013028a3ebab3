import assert from "node:assert/strict";
import { test } from "node:test";
import { timedOut } from "./timed-out.ts";

test("timedOut says how long it waited as Go writes it", () => {
  const cases = [
    [45_000, "45s"],
    [60_000, "1m0s"],
    [300_000, "5m0s"],
    [7_265_000, "2h1m5s"],
    [7_200_000, "2h0m0s"],
  ] as const;
  for (const [milliseconds, text] of cases) {
    const { name, message } = timedOut("created", milliseconds);
    assert.deepEqual(
      [name, message],
      ["DockerTimeoutError", `Could not transition to created; timed out after waiting ${text}`],
    );
  }
});
