import type { IAM } from "@aws-sdk/client-iam";
import type { Clock } from "../../src/clock.ts";
import { codeAt, stepAt } from "../../src/services/iam/credentials/mfa-devices/totp.ts";

/** A virtual MFA device, as its owner's telephone shows it. */
export interface Telephone {
  readonly SerialNumber: string;
  /** The code of the present step, or of one that is so many steps away. */
  code(away?: number): string;
  /** Two codes one after the other, as operations take them. The second is of the present step. */
  codes(away?: number): { readonly AuthenticationCode1: string; readonly AuthenticationCode2: string };
}

/** A new device that nobody has yet. */
export async function newDevice(iam: IAM, VirtualMFADeviceName: string, clock: Clock): Promise<Telephone> {
  const { VirtualMFADevice: made } = await iam.createVirtualMFADevice({ VirtualMFADeviceName });
  return telephone(made?.SerialNumber ?? "", Buffer.from(made?.Base32StringSeed ?? []).toString(), clock);
}

/** A device that has been made. `seed` is in base 32. */
export function telephone(SerialNumber: string, seed: string, clock: Clock): Telephone {
  const bytes = fromBase32(seed);
  const code = (away = 0) => codeAt(bytes, stepAt(clock.now()) + away);
  return {
    SerialNumber,
    code,
    codes: (away = 0) => ({ AuthenticationCode1: code(away - 1), AuthenticationCode2: code(away) }),
  };
}

/** A new device that the user has. Its next code is that of the next step. */
export async function deviceOfUser(iam: IAM, UserName: string, clock: Clock): Promise<Telephone> {
  const device = await newDevice(iam, UserName, clock);
  await iam.enableMFADevice({ UserName, SerialNumber: device.SerialNumber, ...device.codes() });
  return device;
}

/** The bytes of a text in base 32 without padding. */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((digit) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit).toString(2).padStart(5, "0"));
  return Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
