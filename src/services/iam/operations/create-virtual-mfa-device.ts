import { CreateVirtualMFADeviceCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { base32 } from "../credentials/mfa-devices/base32.ts";
import { mfaDeviceArn } from "../credentials/mfa-devices/mfa-device.ts";
import { qrCodePng } from "../credentials/mfa-devices/qr-code.ts";
import { casedTags, newTags, tagList } from "../tags.ts";
import { invalidPath } from "../violation-wording.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** Its base 32 has no padding. */
const seedBytes = 40;
const longestSerialNumber = 256;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html */
export const createVirtualMfaDevice = operation(CreateVirtualMFADeviceCommand)({
  find: (input) => casedTags.read(input.Tags),
  access: (tags, input, call) => ({
    resource: mfaDeviceArn(call, input.Path ?? "/", input.VirtualMFADeviceName),
    conditions: newTags(tags),
  }),
  async run(tags, input, { store, ids }: Iam, call) {
    const { Path: path = "/", VirtualMFADeviceName: name } = input;
    if (path.includes("//")) throw validationError(invalidPath("path"));
    const serialNumber = mfaDeviceArn(call, path, name);
    // No other operation could name the device.
    if (serialNumber.length > longestSerialNumber) {
      throw validationError(`The serial number of an MFA device has at most ${longestSerialNumber} characters`);
    }
    const device = {
      serialNumber,
      account: call.account,
      path,
      name,
      tags: casedTags.merge({}, tags),
      createdAt: wholeSeconds(call.time),
      assigned: undefined,
    };
    const seed = Buffer.from(ids.hex(seedBytes), "hex");
    const alias = await store.transaction(async (store) => {
      if (await store.mfaDevices.find(call.account, device.serialNumber)) {
        throw new ApiError(EntityAlreadyExistsException$, "MFADevice entity at the same path and name already exists.");
      }
      await store.mfaDevices.insert(device, seed);
      return (await store.account.settings(call.account)).alias;
    });
    const seedText = base32(seed);
    const label = encodeURIComponent(`${name}@${alias ?? call.account}`);
    return {
      VirtualMFADevice: {
        SerialNumber: device.serialNumber,
        Base32StringSeed: Buffer.from(seedText),
        QRCodePNG: qrCodePng(`otpauth://totp/${label}?secret=${seedText}`),
        ...defined({ Tags: input.Tags?.length ? tagList(device.tags) : undefined }),
      },
    };
  },
});
