import assert from "node:assert/strict";
import { assertRefused, testLogs } from "../logs.fixture.ts";

testLogs("DeleteQueryDefinition deletes a saved query, and refuses one that is not there", async ({ logs, logsIn }) => {
  const { queryDefinitionId } = await logs.putQueryDefinition({ name: "a", queryString: "fields a" });
  await assertRefused(logsIn("eu-west-1").deleteQueryDefinition({ queryDefinitionId }), "ResourceNotFoundException");
  assert.equal((await logs.deleteQueryDefinition({ queryDefinitionId })).success, true);
  await assertRefused(logs.deleteQueryDefinition({ queryDefinitionId }), "ResourceNotFoundException");
});
