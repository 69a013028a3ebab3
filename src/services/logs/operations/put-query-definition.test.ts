import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

const saved = { name: "team/errors", queryString: "fields {{what}}", logGroupNames: ["/app"] };

testLogs("PutQueryDefinition saves a query, and changes it", async ({ logs, clock }) => {
  const parameters = [{ name: "what", defaultValue: "@message", description: "d" }];
  const { queryDefinitionId } = await logs.putQueryDefinition({ ...saved, parameters });
  const shown = async () => JSON.parse(JSON.stringify((await logs.describeQueryDefinitions({})).queryDefinitions));
  const record = { queryLanguage: "CWLI", queryDefinitionId, lastModified: clock.now().getTime() };
  assert.deepEqual(await shown(), [{ ...record, ...saved, parameters }]);
  clock.advance(1000);
  await logs.putQueryDefinition({ queryDefinitionId, name: "other", queryString: "fields b" });
  assert.deepEqual(await shown(), [
    {
      ...record,
      ...{ name: "other", queryString: "fields b", logGroupNames: [], parameters: [] },
      lastModified: clock.now().getTime(),
    },
  ]);
});

const clientToken = "6b0b1a3e-3f0e-4f4e-9d0c-0f6f6d2f8a11";

testLogs("PutQueryDefinition makes one definition for one client token", async ({ logs }) => {
  const one = await logs.putQueryDefinition({ ...saved, clientToken });
  assert.equal((await logs.putQueryDefinition({ ...saved, clientToken })).queryDefinitionId, one.queryDefinitionId);
  await assertRefused(logs.putQueryDefinition({ ...saved, name: "b", clientToken }), "InvalidParameterException");
  assert.notEqual((await logs.putQueryDefinition(saved)).queryDefinitionId, one.queryDefinitionId);
});

testLogs("PutQueryDefinition refuses an id that is not there, and other languages", async ({ logs }) => {
  await assertRefused(
    logs.putQueryDefinition({ ...saved, queryDefinitionId: "other" }),
    "ResourceNotFoundException",
    "The specified query definition does not exist.",
  );
  await assertRefused(logs.putQueryDefinition({ ...saved, queryLanguage: "SQL" }), "InvalidParameterException");
});
