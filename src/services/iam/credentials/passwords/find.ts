import type { ApiError } from "../../../../model/api-error.ts";
import type { User } from "../../entities/entity.ts";
import { noSuch } from "../../errors.ts";
import type { IamRecords } from "../../store.ts";
import type { LoginProfile } from "./login-profile.ts";

/** The user's login profile. Throws AWS's error where it does not exist. */
export async function existingLoginProfile(store: IamRecords, user: User): Promise<LoginProfile> {
  const profile = await store.loginProfiles.find(user.id);
  if (!profile) throw noLoginProfile(user);
  return profile;
}

export function noLoginProfile({ name }: User): ApiError {
  return noSuch(`Login Profile for User ${name} cannot be found.`);
}
