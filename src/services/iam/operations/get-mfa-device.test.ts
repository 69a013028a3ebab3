import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceOfUser } from "../../../../test/support/mfa-device.ts";
import { openIam, refusal } from "../iam.fixture.ts";

test("GetMFADevice shows a device that the user has", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName });
  const { SerialNumber } = await deviceOfUser(iam, "bob", clock);
  const { $metadata, ...shown } = await iam.getMFADevice({ UserName: "bob", SerialNumber });
  assert.deepEqual(shown, { UserName: "bob", SerialNumber, EnableDate: clock.now() });
  await assert.rejects(
    iam.getMFADevice({ UserName: "eve", SerialNumber }),
    refusal("NoSuchEntity", 404, "MFA Device invalid for user."),
  );
});
