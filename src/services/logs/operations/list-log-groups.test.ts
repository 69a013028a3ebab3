import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("ListLogGroups finds names by alternatives, and pages", async ({ logs }) => {
  for (const logGroupName of ["/aws/a", "/aws/b", "app/aws", "other"]) await logs.createLogGroup({ logGroupName });
  const names = async (input: object) =>
    (await logs.listLogGroups(input)).logGroups!.map((group) => group.logGroupName);
  assert.deepEqual(await names({ logGroupNamePattern: "^/aws" }), ["/aws/a", "/aws/b"]);
  assert.deepEqual(await names({ logGroupNamePattern: "AWS|other" }), ["/aws/a", "/aws/b", "app/aws", "other"]);
  const { logGroups, nextToken } = await logs.listLogGroups({ logGroupNamePattern: "aws", limit: 2 });
  assert.equal(logGroups!.length, 2);
  assert.deepEqual(await names({ logGroupNamePattern: "aws", limit: 2, nextToken }), ["app/aws"]);
});

testLogs("ListLogGroups refuses what is not here", async ({ logs }) => {
  await assertRefused(logs.listLogGroups({ fieldIndexNames: ["a"] }), "InvalidParameterException");
  await assertRefused(logs.listLogGroups({ logGroupTags: [{ key: "a" }] }), "InvalidParameterException");
});
