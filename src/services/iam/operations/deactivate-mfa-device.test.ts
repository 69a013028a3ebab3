import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceOfUser } from "../../../../test/support/mfa-device.ts";
import { arnOf, openIam, refusal } from "../iam.fixture.ts";

test("DeactivateMFADevice takes the device from the user who has it, and from nobody else", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName });
  const { SerialNumber } = await deviceOfUser(iam, "bob", clock);
  const device = { UserName: "bob", SerialNumber };
  const notTheUsers = refusal("NoSuchEntity", 404, "MFA Device invalid for user.");
  await assert.rejects(iam.deactivateMFADevice({ ...device, UserName: "eve" }), notTheUsers);
  await iam.deactivateMFADevice(device);
  assert.deepEqual((await iam.listMFADevices({ UserName: "bob" })).MFADevices, []);
  assert.deepEqual((await iam.listVirtualMFADevices({})).VirtualMFADevices, [{ SerialNumber }]);
  await assert.rejects(iam.deactivateMFADevice(device), notTheUsers);
  const none = arnOf("mfa/none");
  await assert.rejects(
    iam.deactivateMFADevice({ ...device, SerialNumber: none }),
    refusal("NoSuchEntity", 404, `VirtualMFADevice with serial number ${none} doesn't exist.`),
  );
});
