import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../../model/api-error.ts";
import type { Call } from "../../../../model/call.ts";
import type { IamStatements } from "../../store.ts";
import type { Role } from "../entity.ts";
import type { InstanceProfile } from "./instance-profile.ts";

/** The account's instance profile of that name, or AWS's error that it is not there. */
export async function findInstanceProfile(store: IamStatements, call: Call, name: string): Promise<InstanceProfile> {
  const profile = await store.findInstanceProfile(call.account, name);
  if (!profile) throw new ApiError(NoSuchEntityException$, `Instance Profile ${name} cannot be found.`);
  return profile;
}

/** The role that is in a profile. */
export async function roleOf(store: IamStatements, { roleId }: InstanceProfile): Promise<Role | undefined> {
  const role = roleId === undefined ? undefined : await store.findEntityById(roleId);
  return role?.kind === "role" ? role : undefined;
}
