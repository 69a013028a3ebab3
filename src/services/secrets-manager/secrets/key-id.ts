import { regionalArn } from "../../../arn.ts";
import type { Place } from "./secret.ts";

export const managedAlias = "alias/aws/secretsmanager";

/** A request's `KmsKeyId` in the form in which it is stored: `undefined` for `aws/secretsmanager`, aliases as ARNs. */
export function storedKeyId(place: Place, given: string | undefined): string | undefined {
  if (given === undefined || given === "" || given === managedAlias) return undefined;
  const id = given.startsWith("alias/") ? regionalArn(place, "kms", given) : given;
  return id === regionalArn(place, "kms", managedAlias) ? undefined : id;
}
