import assert from "node:assert/strict";
import { test } from "node:test";
import { randomIds } from "../../../ids.ts";
import { encryptionForService } from "../../kms/index.ts";
import { openKms } from "../../kms/kms.fixture.ts";
import { assertRefused, makeStream, openLogs, place, put } from "../logs.fixture.ts";

const { logGroupName } = place;
const arn = "arn:aws:logs:us-east-1:111122223333:log-group:/app";

/** Logs beside KMS. `denied` is what the key policy says. */
async function open() {
  const state: { denial: string | undefined } = { denial: undefined };
  const kms = await openKms();
  const asked: (readonly [string, string, unknown])[] = [];
  const encryption = encryptionForService(
    { store: kms.store, ids: randomIds, now: () => kms.clock.now() },
    async (call, { action, conditions = {} }) => {
      asked.push([call.principal.arn, action, conditions["kms:EncryptionContext:aws:logs:arn"]]);
      return state.denial;
    },
  );
  const setting = openLogs(kms.database, encryption);
  await makeStream(setting);
  const { id } = await kms.create();
  return { ...setting, kms, state, asked, keyArn: `arn:aws:kms:us-east-1:111122223333:key/${id}`, id };
}

const kept = 5 * 60_000;

test("AssociateKmsKey puts new events under the key, which the service of the Region must be allowed", async () => {
  const setting = await open();
  await using _ = setting.kms;
  const { logs, clock, asked, keyArn, state } = setting;
  await put(setting, "before");
  await logs.associateKmsKey({ logGroupName, kmsKeyId: keyArn });
  await put(setting, "after");
  assert.equal((await logs.describeLogGroups({})).logGroups![0]!.kmsKeyId, keyArn);
  clock.advance(kept);
  const { events } = await logs.getLogEvents({ ...place, startFromHead: true });
  assert.deepEqual(
    events!.map(({ message }) => message),
    ["before", "after"],
  );
  assert.deepEqual(asked, [
    ["logs.us-east-1.amazonaws.com", "kms:GenerateDataKey", arn],
    ["logs.us-east-1.amazonaws.com", "kms:Decrypt", arn],
  ]);
  const keys = await setting.database.db.selectFrom("logs_keys").selectAll().execute();
  assert.deepEqual(keys.map(({ sealed, ciphertext }) => [sealed !== null, ciphertext !== null]).sort(), [
    [false, true],
    [true, false],
  ]);
  state.denial = "no";
  clock.advance(kept);
  await assertRefused(logs.getLogEvents({ ...place, startFromHead: true }), "AccessDeniedException");
  await assertRefused(put(setting, "lost"), "AccessDeniedException");
});

test("AssociateKmsKey refuses a key that is not there, not allowed or not usable, and keeps the one before", async () => {
  const setting = await open();
  await using _ = setting.kms;
  const { logs, keyArn, state, kms, id } = setting;
  const message = `The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`;
  const other = keyArn.replace(/.{4}$/, "0000");
  await assertRefused(logs.associateKmsKey({ logGroupName, kmsKeyId: other }), "AccessDeniedException", message);
  state.denial = "no";
  await assertRefused(logs.associateKmsKey({ logGroupName, kmsKeyId: keyArn }), "AccessDeniedException", message);
  state.denial = undefined;
  await kms.kms.disableKey({ KeyId: id });
  await assertRefused(logs.associateKmsKey({ logGroupName, kmsKeyId: keyArn }), "InvalidParameterException");
  await assertRefused(logs.associateKmsKey({ kmsKeyId: keyArn }), "InvalidParameterException");
  await put(setting, "still");
  assert.equal((await logs.getLogEvents(place)).events!.length, 1);
});
