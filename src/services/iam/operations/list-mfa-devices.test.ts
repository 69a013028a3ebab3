import assert from "node:assert/strict";
import { test } from "node:test";
import { newDevice } from "../../../../test/support/mfa-device.ts";
import { noSuch, openIam } from "../iam.fixture.ts";

test("ListMFADevices shows a user's devices page by page, and refuses users that do not exist", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  assert.deepEqual((await iam.listMFADevices(user)).MFADevices, []);
  assert.deepEqual((await iam.listMFADevices({})).MFADevices, []);
  const shown = [];
  for (const name of ["a", "b"]) {
    const { SerialNumber, codes } = await newDevice(iam, name, clock);
    await iam.enableMFADevice({ ...user, SerialNumber, ...codes() });
    shown.push({ ...user, SerialNumber, EnableDate: clock.now() });
  }
  const first = await iam.listMFADevices({ ...user, MaxItems: 1 });
  const second = await iam.listMFADevices({ ...user, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([...(first.MFADevices ?? []), ...(second.MFADevices ?? [])], shown);
  assert.deepEqual([first.IsTruncated, second.IsTruncated], [true, false]);
  await assert.rejects(iam.listMFADevices({ UserName: "none" }), noSuch("user", "none"));
  await assert.rejects(iam.listMFADevices({ ...user, Marker: "no marker" }), { name: "ValidationError" });
});
