import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("TestMetricFilter shows which messages match, and the fields in them", async ({ logs }) => {
  const { matches } = await logs.testMetricFilter({
    filterPattern: "[level, ..., status = 4*]",
    logEventMessages: ["INFO a 200", "WARN b c 404"],
  });
  assert.deepEqual(
    matches!.map((match) => ({ ...match, extractedValues: { ...match.extractedValues } })),
    [
      {
        eventNumber: 2,
        eventMessage: "WARN b c 404",
        extractedValues: { $level: "WARN", $2: "b", $3: "c", $status: "404" },
      },
    ],
  );
});

testLogs("TestMetricFilter refuses a pattern that is not well-formed", async ({ logs }) => {
  const input = { filterPattern: "[a", logEventMessages: ["a"] };
  await assertRefused(
    logs.testMetricFilter(input),
    "InvalidParameterException",
    "If a filter pattern starts with '[' it must end with ']'",
  );
});
