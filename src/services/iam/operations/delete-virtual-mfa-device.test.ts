import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceOfUser } from "../../../../test/support/mfa-device.ts";
import { concurrent, openIam, refusal } from "../iam.fixture.ts";

test("DeleteVirtualMFADevice deletes a device that nobody has", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  await iam.createUser({ UserName: "bob" });
  const { SerialNumber } = await deviceOfUser(iam, "bob", clock);
  await assert.rejects(
    iam.deleteVirtualMFADevice({ SerialNumber }),
    refusal("DeleteConflict", 409, "MFA VirtualDevice in use. Must deactivate first."),
  );
  await iam.deactivateMFADevice({ UserName: "bob", SerialNumber });
  context.meanwhile(() => iam.tagMFADevice({ SerialNumber, Tags: [{ Key: "k", Value: "v" }] }));
  await assert.rejects(iam.deleteVirtualMFADevice({ SerialNumber }), concurrent);
  await iam.deleteVirtualMFADevice({ SerialNumber });
  await assert.rejects(
    iam.deleteVirtualMFADevice({ SerialNumber }),
    refusal("NoSuchEntity", 404, `VirtualMFADevice with serial number ${SerialNumber} doesn't exist.`),
  );
});
