import { parseArn } from "../../../../arn.ts";
import type { Tags } from "../../tags.ts";

/** A virtual multi-factor device: whoever knows its seed has its codes. */
export interface MfaDevice {
  /** Its ARN. */
  readonly serialNumber: string;
  readonly account: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
  readonly tags: Tags;
  readonly createdAt: Date;
  /** Who has it; `undefined` while nobody does. */
  readonly assigned: { readonly userId: string; readonly enabledAt: Date } | undefined;
}

/** The clock of a device that somebody has. Steps are those of `totp.ts`. */
export interface DeviceClock {
  /** Steps by which it is ahead of the server's. */
  readonly drift: number;
  /** The step of the last code that was used, by the device's clock. */
  readonly lastStep: number;
}

/** Most devices of one user: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostDevices = 8;

/** `arn:aws:iam::111122223333:mfa/path/name`. */
export function mfaDeviceArn(
  { partition, account }: { readonly partition: string; readonly account: string },
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account}:mfa${path}${name}`;
}

/** The ARN that policies see for a serial number, which may be any text. */
export function arnOfSerialNumber(
  place: { readonly partition: string; readonly account: string },
  serialNumber: string,
): string {
  return parseArn(serialNumber) ? serialNumber : mfaDeviceArn(place, "/", serialNumber);
}
