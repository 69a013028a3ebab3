import type { Call } from "../../../../model/call.ts";
import type { Iam } from "../../context.ts";
import { noSuch } from "../../errors.ts";
import { refuseChanged } from "../../refuse-changed.ts";
import type { IamRecords } from "../../store.ts";
import type { Role } from "../entity.ts";
import type { InstanceProfile } from "./instance-profile.ts";

/** The instance profile that a request names, as it was found before access was asked for. */
export interface FoundInstanceProfile {
  readonly name: string;
  /** `undefined` where no profile has the name. */
  readonly profile: InstanceProfile | undefined;
}

export async function findInstanceProfile(
  { InstanceProfileName: name }: { readonly InstanceProfileName: string },
  { account }: Call,
  { store }: Iam,
): Promise<FoundInstanceProfile> {
  return { name, profile: await store.instanceProfiles.find(account, name) };
}

/** The profile that was found. Throws AWS's error where it does not exist. */
export function existingInstanceProfile({ name, profile }: FoundInstanceProfile): InstanceProfile {
  if (!profile) throw noSuch(`Instance Profile ${name} cannot be found.`);
  return profile;
}

/** See `unchanged` of entities. */
export async function unchangedInstanceProfile(
  store: IamRecords,
  found: FoundInstanceProfile,
): Promise<InstanceProfile> {
  const before = existingInstanceProfile(found);
  const profile = await store.instanceProfiles.findById(before.id);
  const now = existingInstanceProfile({ ...found, profile });
  refuseChanged(before, now);
  return now;
}

/** The role in a profile. */
export async function roleOf(store: IamRecords, { roleId }: InstanceProfile): Promise<Role | undefined> {
  return roleId === undefined ? undefined : store.roles.findById(roleId);
}
