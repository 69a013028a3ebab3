import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam, refusal } from "../iam.fixture.ts";

test("UntagMFADevice removes tags, and refuses a device that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const Tags = ["a", "b"].map((Key) => ({ Key, Value: "v" }));
  const { VirtualMFADevice: made } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone", Tags });
  const { SerialNumber } = made ?? {};
  await iam.untagMFADevice({ SerialNumber, TagKeys: ["a", "none"] });
  assert.deepEqual((await iam.listMFADeviceTags({ SerialNumber })).Tags, Tags.slice(1));
  const none = arnOf("mfa/none");
  await assert.rejects(
    iam.untagMFADevice({ SerialNumber: none, TagKeys: ["a"] }),
    refusal("NoSuchEntity", 404, `VirtualMFADevice with serial number ${none} doesn't exist.`),
  );
});
