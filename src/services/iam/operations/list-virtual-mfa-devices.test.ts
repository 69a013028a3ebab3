import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceOfUser, newDevice } from "../../../../test/support/mfa-device.ts";
import { openIam } from "../iam.fixture.ts";

test("ListVirtualMFADevices shows devices by who has them, without their seeds, and refuses a marker", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const { User } = await iam.createUser({ UserName: "bob" });
  const { SerialNumber: bobs } = await deviceOfUser(iam, "bob", clock);
  const { SerialNumber: free } = await newDevice(iam, "free", clock);
  const assigned = { SerialNumber: bobs, User, EnableDate: clock.now() };
  const unassigned = { SerialNumber: free };
  for (const [AssignmentStatus, shown] of [
    [undefined, [assigned, unassigned]],
    ["Any", [assigned, unassigned]],
    ["Assigned", [assigned]],
    ["Unassigned", [unassigned]],
  ] as const) {
    assert.deepEqual((await iam.listVirtualMFADevices({ AssignmentStatus })).VirtualMFADevices, shown);
  }
  const first = await iam.listVirtualMFADevices({ MaxItems: 1 });
  const second = await iam.listVirtualMFADevices({ MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([first.VirtualMFADevices, second.VirtualMFADevices], [[assigned], [unassigned]]);
  assert.deepEqual([first.IsTruncated, second.IsTruncated], [true, false]);
  await assert.rejects(iam.listVirtualMFADevices({ Marker: "no marker" }), { name: "ValidationError" });
});

test("ListVirtualMFADevices turns pages also where serial numbers are long", async () => {
  await using context = await openIam();
  const { iam } = context;
  const Path = `/${"p".repeat(200)}/`;
  for (const VirtualMFADeviceName of ["a", "b"]) await iam.createVirtualMFADevice({ Path, VirtualMFADeviceName });
  const { Marker } = await iam.listVirtualMFADevices({ MaxItems: 1 });
  assert.equal((await iam.listVirtualMFADevices({ MaxItems: 1, Marker })).VirtualMFADevices?.length, 1);
});
