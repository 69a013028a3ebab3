import assert from "node:assert/strict";
import { assertRefused, makeStream, testLogs } from "../logs.fixture.ts";

testLogs("DescribeQueries lists queries by group and status, the newest first, in pages", async (setting) => {
  const { logs, clock, queries } = setting;
  await makeStream(setting);
  await logs.createLogGroup({ logGroupName: "/other" });
  for (const [logGroupName, queryString] of [
    ["/app", "fields a"],
    ["/other", "fields b"],
    ["/app", "fields c"],
  ] as const) {
    const endTime = Math.floor(clock.now().getTime() / 1000);
    await logs.startQuery({ startTime: endTime - 60, endTime, logGroupName, queryString });
    await queries.idle();
    clock.advance(1000);
  }
  const strings = async (input: object) =>
    (await logs.describeQueries(input)).queries!.map(({ queryString }) => queryString);
  assert.deepEqual(await strings({}), ["fields c", "fields b", "fields a"]);
  assert.deepEqual(await strings({ logGroupName: "/app" }), ["fields c", "fields a"]);
  assert.deepEqual(await strings({ status: "Running" }), []);
  assert.deepEqual(await strings({ status: "Complete", queryLanguage: "CWLI" }), ["fields c", "fields b", "fields a"]);
  const first = await logs.describeQueries({ maxResults: 2 });
  assert.deepEqual(await strings({ nextToken: first.nextToken }), ["fields a"]);
  const { queryId: _, ...shown } = first.queries![1]!;
  assert.deepEqual(
    { ...shown },
    {
      ...{ queryLanguage: "CWLI", queryString: "fields b", status: "Complete", logGroupName: "/other" },
      ...{ createTime: clock.now().getTime() - 2000, queryDuration: 0, bytesScanned: 0 },
      userIdentity: "arn:aws:iam::111122223333:root",
    },
  );
});

testLogs("DescribeQueries refuses languages that are not here", async ({ logs }) => {
  await assertRefused(logs.describeQueries({ queryLanguage: "PPL" }), "InvalidParameterException");
});
