import type { Call } from "../../../model/call.ts";
import { kmsRefusalOf } from "../../kms/index.ts";
import type { Logs } from "../context.ts";
import { accessDenied, invalidParameter, unsupported } from "../errors.ts";
import { type FoundGroup, findGroup } from "./find.ts";
import { groupArn, type Place } from "./group.ts";

/** Words a refusal of KMS's as CloudWatch Logs does; other errors stay as they are. */
function wordedRefusal(error: unknown, place: Place, group: string): unknown {
  const refusal = kmsRefusalOf(error);
  if (!refusal) return error;
  const arn = groupArn(place, group);
  if (refusal.kind === "unusable key") {
    return invalidParameter(`The KMS key of '${arn}' cannot be used: ${refusal.message}`);
  }
  return accessDenied(`The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`);
}

/** Does work that may need the group's KMS key. */
export async function underKmsKey<T>(place: Place, group: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw wordedRefusal(error, place, group);
  }
}

/** The group whose KMS key a request changes. AWS can also encrypt the results of queries, which are not here. */
export function findToEncrypt(
  context: Logs,
  call: Call,
  { logGroupName, resourceIdentifier }: { readonly logGroupName?: string; readonly resourceIdentifier?: string },
): Promise<FoundGroup> {
  if ((logGroupName === undefined) === (resourceIdentifier === undefined)) {
    throw invalidParameter("Exactly one of logGroupName and resourceIdentifier must be specified.");
  }
  if (resourceIdentifier === undefined) return findGroup(context, call, { ...(logGroupName && { logGroupName }) });
  if (/:query-result:/.test(resourceIdentifier)) throw unsupported("Encryption of query results");
  return findGroup(context, call, { logGroupIdentifier: resourceIdentifier });
}
