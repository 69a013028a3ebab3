import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

const { logGroupName } = place;
const day = 24 * 60 * 60 * 1000;

testLogs("PutRetentionPolicy hides what has expired at once, and deletes it", async (setting) => {
  const { logs, clock, tend, database } = setting;
  await makeStream(setting);
  await put(setting, "old");
  await logs.putRetentionPolicy({ logGroupName, retentionInDays: 1 });
  clock.advance(day);
  await put(setting, "new");
  clock.advance(1);
  const { events } = await logs.filterLogEvents({ logGroupName });
  assert.deepEqual(
    events!.map(({ message }) => message),
    ["new"],
  );
  await tend();
  assert.equal((await database.db.selectFrom("logs_batches").select("batch_id").execute()).length, 1);
});

testLogs("PutRetentionPolicy refuses days that AWS does not have, and a group that is not there", async (setting) => {
  await makeStream(setting);
  await assertRefused(
    setting.logs.putRetentionPolicy({ logGroupName, retentionInDays: 2 }),
    "InvalidParameterException",
    /Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set/,
  );
  await assertRefused(
    setting.logs.putRetentionPolicy({ logGroupName: "other", retentionInDays: 1 }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
});
