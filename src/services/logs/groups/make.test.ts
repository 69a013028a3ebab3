import assert from "node:assert/strict";
import { randomIds } from "../../../ids.ts";
import { testLogs } from "../logs.fixture.ts";
import { ensureGroup } from "./make.ts";

testLogs("ensureGroup makes a group once, and leaves one that is there as it is", async ({ logs, store, clock }) => {
  const place = { account: "111122223333", region: "us-east-1", partition: "aws" };
  await logs.createLogGroup({ logGroupName: "there", tags: { team: "a" } });
  for (const name of ["there", "new", "new", "a b", "aws/x", ""])
    await ensureGroup({ store, clock, ids: randomIds }, place, name);
  const { logGroups } = await logs.describeLogGroups({});
  assert.deepEqual(
    logGroups!.map(({ logGroupName }) => logGroupName),
    ["new", "there"],
  );
  const { tags } = await logs.listTagsLogGroup({ logGroupName: "there" });
  assert.deepEqual(tags, { team: "a" });
  const stream = { logGroupName: "new", logStreamName: "s" };
  await logs.createLogStream(stream);
  const { rejectedLogEventsInfo } = await logs.putLogEvents({
    ...stream,
    logEvents: [{ timestamp: clock.now().getTime(), message: "a line" }],
  });
  assert.equal(rejectedLogEventsInfo, undefined);
});
