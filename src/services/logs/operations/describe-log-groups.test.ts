import assert from "node:assert/strict";
import { assertRefused, makeStream, put, testLogs } from "../logs.fixture.ts";

testLogs("DescribeLogGroups shows every member", async (setting) => {
  const { logs, clock } = setting;
  await makeStream(setting);
  await put(setting, "12345");
  await logs.putRetentionPolicy({ logGroupName: "/app", retentionInDays: 7 });
  const { logGroups } = await logs.describeLogGroups({ logGroupNamePrefix: "/app" });
  assert.deepEqual(
    logGroups!.map((group) => ({ ...group })),
    [
      {
        logGroupName: "/app",
        creationTime: clock.now().getTime(),
        retentionInDays: 7,
        metricFilterCount: 0,
        arn: "arn:aws:logs:us-east-1:111122223333:log-group:/app:*",
        storedBytes: 31,
        logGroupClass: "STANDARD",
        logGroupArn: "arn:aws:logs:us-east-1:111122223333:log-group:/app",
        deletionProtectionEnabled: false,
      },
    ],
  );
});

testLogs("DescribeLogGroups finds by prefix, pattern and identifier, and pages", async ({ logs }) => {
  for (const logGroupName of ["/a/Web", "/a/web_1", "/b/webx1", "c"]) await logs.createLogGroup({ logGroupName });
  const found = async (input: Parameters<typeof logs.describeLogGroups>[0]) =>
    (await logs.describeLogGroups(input)).logGroups!.map(({ logGroupName }) => logGroupName);
  assert.deepEqual(await found({ logGroupNamePrefix: "/a/" }), ["/a/Web", "/a/web_1"]);
  assert.deepEqual(await found({ logGroupNamePattern: "web" }), ["/a/Web", "/a/web_1", "/b/webx1"]);
  assert.deepEqual(await found({ logGroupNamePattern: "WEB_1" }), ["/a/web_1"]);
  assert.deepEqual(
    await found({ logGroupIdentifiers: ["c", "arn:aws:logs:us-east-1:111122223333:log-group:/a/Web"] }),
    ["/a/Web", "c"],
  );
  const first = await logs.describeLogGroups({ limit: 3 });
  assert.equal(first.logGroups!.length, 3);
  assert.deepEqual(await found({ limit: 3, nextToken: first.nextToken! }), ["c"]);
});

testLogs(
  "DescribeLogGroups refuses what cannot be together, other accounts, and tokens that are none",
  async ({ logs }) => {
    const both = { logGroupNamePrefix: "a", logGroupNamePattern: "b" };
    await assertRefused(
      logs.describeLogGroups(both),
      "InvalidParameterException",
      "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
    );
    await assertRefused(logs.describeLogGroups({ includeLinkedAccounts: true }), "InvalidParameterException");
    await assertRefused(logs.describeLogGroups({ nextToken: "x" }), "InvalidParameterException");
  },
);
