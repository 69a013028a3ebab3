import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

const { logGroupName } = place;

testLogs("DescribeLogStreams shows when events came", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  await put(setting, "1", "2");
  const now = clock.now().getTime();
  const { logStreams } = await logs.describeLogStreams({ logGroupName });
  const [{ firstEventTimestamp, lastEventTimestamp, lastIngestionTime } = {}] = logStreams!;
  assert.deepEqual([firstEventTimestamp, lastEventTimestamp, lastIngestionTime], [now - 1, now, now]);
});

testLogs("DescribeLogStreams orders by name or by the last event, and pages either way", async (setting) => {
  const { logs, clock } = setting;
  await logs.createLogGroup({ logGroupName });
  for (const [index, logStreamName] of ["a", "d", "b", "c"].entries()) {
    await logs.createLogStream({ logGroupName, logStreamName });
    const logEvents = [{ timestamp: clock.now().getTime() + index, message: "m" }];
    if (index > 0) await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
  }
  async function all(input: { orderBy?: "LastEventTime"; descending?: boolean; logStreamNamePrefix?: string }) {
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs.describeLogStreams({ logGroupName, limit: 3, ...input, ...(nextToken && { nextToken }) });
      names.push(...page.logStreams!.map(({ logStreamName }) => logStreamName));
      nextToken = page.nextToken;
    } while (nextToken);
    return names.join("");
  }
  assert.equal(await all({}), "abcd");
  assert.equal(await all({ descending: true }), "dcba");
  assert.equal(await all({ orderBy: "LastEventTime" }), "adbc");
  assert.equal(await all({ orderBy: "LastEventTime", descending: true }), "cbda");
  assert.equal(await all({ logStreamNamePrefix: "b" }), "b");
});

testLogs(
  "DescribeLogStreams refuses an order by time with a prefix, and a group that is not there",
  async ({ logs }) => {
    await logs.createLogGroup({ logGroupName });
    await assertRefused(
      logs.describeLogStreams({ logGroupName, orderBy: "LastEventTime", logStreamNamePrefix: "a" }),
      "InvalidParameterException",
      "Cannot order by LastEventTime with a logStreamNamePrefix.",
    );
    await assertRefused(
      logs.describeLogStreams({ logGroupName: "other" }),
      "ResourceNotFoundException",
      "The specified log group does not exist.",
    );
    await assertRefused(logs.describeLogStreams({}), "InvalidParameterException");
  },
);
