import type { Call } from "../../../../model/call.ts";
import type { Need } from "../../../../model/operation.ts";
import type { ConditionKeys } from "../../../../model/tag-conditions.ts";
import type { Iam } from "../../context.ts";
import type { User } from "../../entities/entity.ts";
import { refuseChanged } from "../../refuse-changed.ts";
import type { IamRecords } from "../../store.ts";
import { resourceTags } from "../../tags.ts";
import { noSuchDevice, notTheUsers } from "./errors.ts";
import { arnOfSerialNumber, type MfaDevice } from "./mfa-device.ts";

/** The device that a request names, as it was found before access was asked for. */
export interface FoundMfaDevice {
  readonly serialNumber: string;
  /** `undefined` where the account has no such device. */
  readonly device: MfaDevice | undefined;
}

export async function findMfaDevice(
  { SerialNumber: serialNumber }: { readonly SerialNumber: string },
  { account }: Call,
  { store }: Iam,
): Promise<FoundMfaDevice> {
  return { serialNumber, device: await store.mfaDevices.find(account, serialNumber) };
}

/** Access to a device. `conditions` adds keys that the request sets. */
export function onMfaDevice(
  { serialNumber, device }: FoundMfaDevice,
  _input: unknown,
  call: Call,
  conditions: ConditionKeys = {},
): Need {
  return {
    resource: arnOfSerialNumber(call, serialNumber),
    conditions: { ...resourceTags(device?.tags), ...conditions },
  };
}

/** The device that was found. Throws AWS's error where it does not exist. */
export function existingMfaDevice({ serialNumber, device }: FoundMfaDevice): MfaDevice {
  if (!device) throw noSuchDevice(serialNumber);
  return device;
}

/** See `unchanged` of entities. */
export async function unchangedMfaDevice(store: IamRecords, found: FoundMfaDevice): Promise<MfaDevice> {
  const before = existingMfaDevice(found);
  const device = await store.mfaDevices.find(before.account, before.serialNumber);
  const now = existingMfaDevice({ ...found, device });
  refuseChanged(before, now);
  return now;
}

/** The user's device of that serial number. Throws AWS's errors where there is none, and where the user does not have it. */
export async function deviceOf(store: IamRecords, user: User, serialNumber: string) {
  const device = await store.mfaDevices.find(user.account, serialNumber);
  const { assigned, ...rest } = existingMfaDevice({ serialNumber, device });
  if (assigned?.userId !== user.id) throw notTheUsers();
  return { ...rest, assigned };
}
