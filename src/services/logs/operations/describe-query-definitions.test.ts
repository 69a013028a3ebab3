import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("DescribeQueryDefinitions lists saved queries by name, in pages", async ({ logs, logsIn }) => {
  for (const name of ["b", "team/2", "team/1"]) await logs.putQueryDefinition({ name, queryString: "fields a" });
  const names = async (input: object) =>
    (await logs.describeQueryDefinitions(input)).queryDefinitions!.map(({ name }) => name);
  assert.deepEqual(await names({}), ["b", "team/1", "team/2"]);
  assert.deepEqual(await names({ queryDefinitionNamePrefix: "team/" }), ["team/1", "team/2"]);
  const { nextToken } = await logs.describeQueryDefinitions({ maxResults: 2 });
  assert.deepEqual(await names({ nextToken }), ["team/2"]);
  assert.deepEqual((await logsIn("eu-west-1").describeQueryDefinitions({})).queryDefinitions, []);
});

testLogs("DescribeQueryDefinitions refuses a token that it did not make", async ({ logs }) => {
  await assertRefused(logs.describeQueryDefinitions({ nextToken: "x" }), "InvalidParameterException");
});
