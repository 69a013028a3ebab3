import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { textInQrCode } from "../credentials/mfa-devices/qr-code.fixture.ts";
import { arnOf, openIam, refusal } from "../iam.fixture.ts";

test("CreateVirtualMFADevice shows the seed once, as text and as a QR code, and keeps it sealed", async () => {
  await using context = await openIam();
  const { iam, store, database } = context;
  const Tags = [{ Key: "k", Value: "v" }];
  const { VirtualMFADevice: made } = await iam.createVirtualMFADevice({
    ...{ VirtualMFADeviceName: "phone", Path: "/x/" },
    Tags,
  });
  assert.equal(made?.SerialNumber, arnOf("mfa/x/phone"));
  assert.deepEqual(made?.Tags, Tags);
  const seed = Buffer.from(made?.Base32StringSeed ?? []).toString();
  assert.match(seed, /^[A-Z2-7]{64}$/);
  const text = textInQrCode(made?.QRCodePNG ?? new Uint8Array());
  assert.equal(text, `otpauth://totp/phone%40${testAccount}?secret=${seed}`);
  const row = await database.db.selectFrom("iam_mfa_devices").selectAll().executeTakeFirstOrThrow();
  const { seed: kept } = await store.mfaDevices.secrets(arnOf("mfa/x/phone"));
  assert.ok(!Buffer.from(row.seed).includes(Buffer.from(kept)));
  await iam.createAccountAlias({ AccountAlias: "acme" });
  const { VirtualMFADevice: other } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: "phone" });
  assert.match(textInQrCode(other?.QRCodePNG ?? new Uint8Array()), /^otpauth:\/\/totp\/phone%40acme\?/);
  assert.equal(other?.Tags, undefined);
});

test("CreateVirtualMFADevice refuses a name and path that are taken, and a serial number that is too long", async () => {
  await using context = await openIam();
  const { iam } = context;
  const device = { VirtualMFADeviceName: "phone" };
  await iam.createVirtualMFADevice(device);
  await assert.rejects(
    iam.createVirtualMFADevice(device),
    refusal("EntityAlreadyExists", 409, "MFADevice entity at the same path and name already exists."),
  );
  await assert.rejects(iam.createVirtualMFADevice({ VirtualMFADeviceName: "x".repeat(300) }), {
    name: "ValidationError",
  });
  const message =
    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.";
  for (const Path of ["test", "/test", "/test//test/"]) {
    await assert.rejects(iam.createVirtualMFADevice({ ...device, Path }), refusal("ValidationError", 400, message));
  }
  await assert.rejects(iam.createVirtualMFADevice({ ...device, Path: `/${"b".repeat(511)}/` }), {
    name: "ValidationError",
    message: /^1 validation error detected: .* at 'path' .* Member must have length less than or equal to 512$/,
  });
});
