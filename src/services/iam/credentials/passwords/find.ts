import { NoSuchEntityException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../../model/api-error.ts";
import type { User } from "../../entities/entity.ts";
import type { IamStatements } from "../../store.ts";
import type { LoginProfile } from "./records.ts";

/** The user's, or AWS's error that it is not there. */
export async function findLoginProfile(store: IamStatements, user: User): Promise<LoginProfile> {
  const profile = await store.findLoginProfile(user.id);
  if (!profile) throw noLoginProfile(user);
  return profile;
}

export function noLoginProfile({ name }: User): ApiError {
  return new ApiError(NoSuchEntityException$, `Login Profile for User ${name} cannot be found.`);
}
