import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

const { logGroupName } = place;

testLogs("DeleteLogGroup removes streams and events: a group of the same name is empty", async (setting) => {
  const { logs, tend, database } = setting;
  await makeStream(setting);
  await put(setting, "old");
  await logs.deleteLogGroup({ logGroupName });
  await makeStream(setting);
  assert.deepEqual((await logs.getLogEvents(place)).events, []);
  await tend();
  assert.deepEqual(await database.db.selectFrom("logs_batches").select("batch_id").execute(), []);
  assert.equal((await database.db.selectFrom("logs_keys").select("key_id").execute()).length, 1);
});

testLogs("DeleteLogGroup refuses a group that is not there or protected", async ({ logs }) => {
  await assertRefused(
    logs.deleteLogGroup({ logGroupName }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
  await logs.createLogGroup({ logGroupName, deletionProtectionEnabled: true });
  await assertRefused(logs.deleteLogGroup({ logGroupName }), "ValidationException", /deletion protection/);
});
