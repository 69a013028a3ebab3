import assert from "node:assert/strict";
import { test } from "node:test";
import { describeKey, openKms, Plaintext } from "../kms.fixture.ts";

test("DisableKey ends the use of a key", async () => {
  await using opened = await openKms();
  const { kms, asked } = opened;
  const { id: KeyId, arn } = await opened.create();
  await kms.disableKey({ KeyId: arn });
  assert.deepEqual([asked.at(-1)?.action, asked.at(-1)?.resource], ["kms:DisableKey", arn]);
  const { Enabled, KeyState } = await describeKey(kms, KeyId);
  assert.deepEqual([Enabled, KeyState], [false, "Disabled"]);
  await assert.rejects(kms.encrypt({ KeyId, Plaintext }), { name: "DisabledException" });
});

test("DisableKey refuses an alias, and a key that waits for its material", async () => {
  await using opened = await openKms();
  const { kms } = opened;
  const { id: KeyId, arn } = await opened.create({ Origin: "EXTERNAL" });
  await assert.rejects(kms.disableKey({ KeyId: "alias/foo" }), { name: "NotFoundException" });
  await assert.rejects(kms.disableKey({ KeyId }), {
    name: "KMSInvalidStateException",
    message: `${arn} is pending import.`,
  });
});
