import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceOfUser, newDevice } from "../../../../test/support/mfa-device.ts";
import { arnOf, noSuch, openIam, refusal } from "../iam.fixture.ts";

const wrong = refusal("InvalidAuthenticationCode", 403, "Authentication code for device is not valid.");

test("EnableMFADevice gives the user a device that shows two codes one after the other", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { SerialNumber, code, codes } = await newDevice(iam, "phone", clock);
  const device = { ...user, SerialNumber };
  for (const [AuthenticationCode1, AuthenticationCode2] of [
    [code(), code()],
    [code(0), code(-1)],
    [code(-2), code(0)],
    [code(-22), code(-21)],
  ]) {
    await assert.rejects(iam.enableMFADevice({ ...device, AuthenticationCode1, AuthenticationCode2 }), wrong);
  }
  await iam.enableMFADevice({ ...device, ...codes() });
  const shown = { SerialNumber, EnableDate: clock.now() };
  assert.deepEqual((await iam.listMFADevices(user)).MFADevices, [{ ...user, ...shown }]);
  await assert.rejects(
    iam.enableMFADevice({ ...device, ...codes() }),
    refusal("EntityAlreadyExists", 409, "MFA Device is already in use."),
  );
  const SerialNumberOfNone = arnOf("mfa/none");
  await assert.rejects(
    iam.enableMFADevice({ ...user, SerialNumber: SerialNumberOfNone, ...codes() }),
    refusal("NoSuchEntity", 404, `VirtualMFADevice with serial number ${SerialNumberOfNone} doesn't exist.`),
  );
  await assert.rejects(iam.enableMFADevice({ ...device, UserName: "none", ...codes() }), noSuch("user", "none"));
});

test("EnableMFADevice gives a user eight devices at most", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  for (let index = 0; index < 8; index++) {
    const { SerialNumber, codes } = await newDevice(iam, `phone${index}`, clock);
    await iam.enableMFADevice({ ...user, SerialNumber, ...codes() });
  }
  await assert.rejects(
    deviceOfUser(iam, "bob", clock),
    refusal("LimitExceeded", 409, "Cannot exceed quota for MFADevicesPerUser: 8"),
  );
});

test("EnableMFADevice enables nothing for a user that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { SerialNumber, codes } = await newDevice(iam, "phone", clock);
  context.meanwhile(async () => {
    await iam.deleteUser(user);
    await iam.createUser(user);
  });
  await assert.rejects(iam.enableMFADevice({ ...user, SerialNumber, ...codes() }), noSuch("user", "bob"));
  assert.deepEqual((await iam.listMFADevices(user)).MFADevices, []);
});
