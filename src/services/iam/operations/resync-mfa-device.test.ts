import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceOfUser, newDevice } from "../../../../test/support/mfa-device.ts";
import { openIam, refusal } from "../iam.fixture.ts";

test("ResyncMFADevice learns how far the device's clock is off, and takes no used code", async () => {
  await using context = await openIam();
  const { iam, store, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { SerialNumber, codes } = await deviceOfUser(iam, "bob", clock);
  const wrong = refusal("InvalidAuthenticationCode", 403, "Authentication code for device is not valid.");
  await assert.rejects(iam.resyncMFADevice({ ...user, SerialNumber, ...codes() }), wrong);
  await assert.rejects(iam.resyncMFADevice({ ...user, SerialNumber, ...codes(30) }), wrong);
  await iam.resyncMFADevice({ ...user, SerialNumber, ...codes(10) });
  assert.equal((await store.mfaDevices.secrets(SerialNumber)).drift, 10);
  const other = await newDevice(iam, "other", clock);
  await assert.rejects(
    iam.resyncMFADevice({ ...user, SerialNumber: other.SerialNumber, ...other.codes() }),
    refusal("NoSuchEntity", 404, "MFA Device invalid for user."),
  );
});
