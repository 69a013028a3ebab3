import assert from "node:assert/strict";
import type { CallRecord } from "../../../front-door/audit-call.ts";
import { randomIds } from "../../../ids.ts";
import { testLogs } from "../logs.fixture.ts";
import { searcher } from "../search/searcher.ts";
import { ensureGroup } from "./ensure.ts";

testLogs(
  "ensureGroup makes a group once, as a recorded call, and leaves one that is there as it is",
  async (setting) => {
    const { logs, store, clock, timers, queries, functions } = setting;
    const recorded: unknown[] = [];
    const audit = async ({ operation, call, input, error }: CallRecord) =>
      void recorded.push([operation, call?.principal.arn, input, error]);
    const place = { account: "111122223333", region: "us-east-1", partition: "aws" };
    await logs.createLogGroup({ logGroupName: "there", tags: { team: "a" } });
    for (const name of ["there", "new", "new", "a b", "aws/x", ""])
      await ensureGroup(
        { store, clock, timers, queries, functions, ids: randomIds, searcher: searcher(timers), audit },
        "ecs.amazonaws.com",
        place,
        name,
      );
    assert.deepEqual(recorded, [["CreateLogGroup", "ecs.amazonaws.com", { logGroupName: "new" }, undefined]]);
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
  },
);
