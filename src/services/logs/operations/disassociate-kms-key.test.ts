import assert from "node:assert/strict";
import { assertRefused, makeStream, place, put, testLogs } from "../logs.fixture.ts";

const { logGroupName } = place;

testLogs("DisassociateKmsKey puts new events under a key of the installation's", async (setting) => {
  const { logs, database } = setting;
  await makeStream(setting);
  await put(setting, "1");
  await logs.disassociateKmsKey({ logGroupName });
  await put(setting, "2");
  const batches = await database.db.selectFrom("logs_batches").select("key_id").execute();
  assert.equal(new Set(batches.map(({ key_id }) => key_id)).size, 2);
  const { events } = await logs.getLogEvents(place);
  assert.deepEqual(
    events!.map(({ message }) => message),
    ["1", "2"],
  );
});

testLogs("DisassociateKmsKey refuses a group that is not there", async ({ logs }) => {
  await assertRefused(
    logs.disassociateKmsKey({ logGroupName: "other" }),
    "ResourceNotFoundException",
    "The specified log group does not exist.",
  );
  await assertRefused(logs.disassociateKmsKey({}), "InvalidParameterException");
});
