import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

testLogs("DeleteLogStream removes the stream and its events", async (setting) => {
  const { logs } = setting;
  await makeStream(setting);
  await put(setting, "old");
  await logs.deleteLogStream(place);
  assert.deepEqual((await logs.filterLogEvents({ logGroupName: place.logGroupName })).events, []);
  await logs.createLogStream(place);
  assert.deepEqual((await logs.getLogEvents(place)).events, []);
});

testLogs("DeleteLogStream refuses a stream that is not there", async ({ logs }) => {
  await logs.createLogGroup({ logGroupName: place.logGroupName });
  await assertRefused(
    logs.deleteLogStream(place),
    "ResourceNotFoundException",
    "The specified log stream does not exist.",
  );
});
