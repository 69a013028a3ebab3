import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("ListVirtualMFADevices is empty, and refuses a marker", async () => {
  await using context = await openIam();
  const { iam } = context;
  assert.deepEqual((await iam.listVirtualMFADevices({})).VirtualMFADevices, []);
  await assert.rejects(iam.listVirtualMFADevices({ Marker: "no marker" }), { name: "ValidationError" });
});
