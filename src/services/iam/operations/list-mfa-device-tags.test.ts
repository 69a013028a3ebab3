import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam, refusal } from "../iam.fixture.ts";

test("ListMFADeviceTags shows the tags page by page, and refuses a device that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const Tags = ["b", "a"].map((Key) => ({ Key, Value: "v" }));
  const { VirtualMFADevice: made } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone", Tags });
  const device = { SerialNumber: made?.SerialNumber };
  const first = await iam.listMFADeviceTags({ ...device, MaxItems: 1 });
  const second = await iam.listMFADeviceTags({ ...device, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([...(first.Tags ?? []), ...(second.Tags ?? [])], Tags);
  const none = arnOf("mfa/none");
  await assert.rejects(
    iam.listMFADeviceTags({ SerialNumber: none }),
    refusal("NoSuchEntity", 404, `VirtualMFADevice with serial number ${none} doesn't exist.`),
  );
});
