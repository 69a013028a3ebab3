import type { IamStore } from "../../store.ts";
import { wrongCode } from "./errors.ts";
import type { DeviceClock } from "./mfa-device.ts";
import { stepAt, stepOfCode, stepOfCodes } from "./totp.ts";

/** Steps by which the two codes that enable or synchronize a device may be off: ten minutes. */
const reach = 20;
/** Codes that are looked at in one step of 30 seconds: nobody can try them all. */
const mostAttempts = 10;

/** A code that a user shows. */
export interface ShownCode {
  readonly account: string;
  readonly userId: string;
  readonly serialNumber: string;
  readonly code: string;
}

/** The clock of the device that shows the two codes one after the other. Throws AWS's error for wrong codes. */
export function clockOfCodes(
  seed: Uint8Array,
  input: { readonly AuthenticationCode1: string; readonly AuthenticationCode2: string },
  time: Date,
): DeviceClock {
  const around = stepAt(time);
  const codes = [input.AuthenticationCode1, input.AuthenticationCode2] as const;
  const lastStep = stepOfCodes(seed, codes, { around, reach });
  if (lastStep === undefined) throw wrongCode();
  // The second code is of this step, or of the next one for whoever computes both at once.
  const away = lastStep - around;
  return { drift: Math.abs(away) <= 1 ? 0 : away, lastStep };
}

/**
 * Looks at a code of the device that the user has. A right one is of this step, of the one before or of the one after it, and
 * later than the last that was used; the result is its step, which `useStep` of the records uses up.
 */
export async function checkDeviceCode(
  { mfaDevices }: Pick<IamStore, "mfaDevices">,
  { account, userId, serialNumber, code }: ShownCode,
  time: Date,
): Promise<{ readonly step: number } | "wrong" | "not the user's"> {
  const device = await mfaDevices.find(account, serialNumber);
  if (device?.assigned?.userId !== userId) return "not the user's";
  const now = stepAt(time);
  if (!(await mfaDevices.countAttempt(serialNumber, now, mostAttempts))) return "wrong";
  const { seed, drift, lastStep } = await mfaDevices.secrets(serialNumber);
  const step = stepOfCode(seed, code, { around: now + drift, after: lastStep });
  return step === undefined ? "wrong" : { step };
}
