import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import { resourceTagKeys } from "../../../model/tag-conditions.ts";
import type { Kms } from "../context.ts";
import { grantPermission } from "../grants/access.ts";
import type { Conditions } from "./conditions.ts";
import { type FoundKey, findKey } from "./find.ts";
import { isReplica, type Key } from "./key.ts";
import { tagList } from "./tags.ts";

/** The parts of a key that its policy may ask about. */
export interface KeyUnderPolicy {
  readonly key: Pick<
    Key,
    "account" | "policy" | "aliases" | "tags" | "spec" | "usage" | "origin" | "region" | "primaryRegion"
  >;
  readonly arn: string;
  readonly requestAlias?: string;
  readonly grants?: FoundKey["grants"];
}

/**
 * Access to a key. Only its own policy and its grants decide.
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html
 */
export function keyAccess(call: Call, found: KeyUnderPolicy, conditions: Conditions = {}): Need {
  const { key, arn, requestAlias, grants } = found;
  const { primaryRegion, aliases } = key;
  return {
    resource: arn,
    resourceAccount: key.account,
    resourcePolicy: { name: "default", document: key.policy, rule: "alone" },
    ...(grants && { grants: async () => (await grants(call.principal)).flatMap(grantPermission) }),
    // Every secret that is read comes through here: no helper for the absent members.
    conditions: {
      "kms:CallerAccount": call.principal.account,
      "kms:KeyOrigin": key.origin,
      "kms:KeySpec": key.spec,
      "kms:KeyUsage": key.usage,
      "kms:MultiRegion": String(primaryRegion !== undefined),
      ...(primaryRegion !== undefined && { "kms:MultiRegionKeyType": isReplica(key) ? "REPLICA" : "PRIMARY" }),
      ...(requestAlias !== undefined && { "kms:RequestAlias": requestAlias }),
      ...(aliases.length > 0 && { "kms:ResourceAliases": aliases }),
      ...resourceTagKeys(tagList(key.tags)),
      ...conditions,
    },
  };
}

/** A key that the caller takes out of use. Its policy may ask how long it has not been used. */
export interface KeyToStop extends FoundKey {
  /** `undefined` where no use is known. */
  readonly daysWithoutUsage: number | undefined;
}

export async function findKeyToStop(
  context: Kms,
  call: Call,
  keyId: string,
  operation: "DisableKey" | "ScheduleKeyDeletion",
): Promise<KeyToStop> {
  const found = await findKey(context, call, keyId, { operation });
  return { ...found, daysWithoutUsage: await context.store.usages.daysWithout(found.key) };
}

export function stopAccess(call: Call, found: KeyToStop, conditions: Conditions = {}): Need {
  const { daysWithoutUsage: days } = found;
  const trailing = days === undefined ? {} : { "kms:TrailingDaysWithoutKeyUsage": String(days) };
  return keyAccess(call, found, { ...conditions, ...trailing });
}
