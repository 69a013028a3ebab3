import { InvalidArnException$, NotFoundException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import type { EncryptionContext } from "../cryptography/ciphertext.ts";
import { requestedKey } from "../cryptography/find.ts";
import { grantPermission } from "../grants/grant.ts";
import type { FoundKey } from "./find.ts";
import { isReplica, type Key } from "./key.ts";
import { parseKeyReference } from "./reference.ts";

/** Which keys an operation takes. https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html */
export interface Takes {
  readonly aliases?: true;
  readonly otherAccounts?: true;
  /** AWS managed keys, as only reading and using do. */
  readonly managed?: true;
}

export const toUse: Takes = { aliases: true, otherAccounts: true, managed: true };
export const toRead: Takes = { managed: true };
export const toChange: Takes = {};

export type Conditions = Readonly<Record<string, string | readonly string[]>>;

/** Access to the key that a request names, having looked it up. Throws where the operation does not take such a key. */
export async function keyAccess(
  context: Kms,
  call: Call,
  operation: string,
  keyId: string,
  takes: Takes,
  conditions: Conditions = {},
): Promise<Access> {
  if (!takes.aliases) refuseAlias(call, keyId);
  const found = await requestedKey(context, call, keyId);
  if (found.key.account !== call.account && !takes.otherAccounts) throw denied(call, operation, found.arn);
  if (found.key.manager === "AWS" && !takes.managed) throw denied(call, operation, found.arn);
  return accessToKey(call, operation, found, conditions);
}

/** Refuses an alias where only a key id or a key's ARN will do. */
export function refuseAlias(call: Call, keyId: string): void {
  const reference = parseKeyReference(keyId, call);
  if (reference.kind !== "alias") return;
  if (reference.isArn) throw new ApiError(InvalidArnException$, "Key Aliases are not supported for this operation");
  throw new ApiError(NotFoundException$, `Invalid keyId '${keyId}'`);
}

/** Access to take the key out of use: its policy may ask how long it has not been used. */
export async function outOfUseAccess(
  context: Kms,
  call: Call,
  operation: "DisableKey" | "ScheduleKeyDeletion",
  keyId: string,
  conditions: Conditions = {},
): Promise<Access> {
  const access = await keyAccess(context, call, operation, keyId, toChange, conditions);
  const days = await context.keys.daysWithoutUsage((await requestedKey(context, call, keyId)).key);
  if (days === undefined) return access;
  return { ...access, conditions: { ...access.conditions, "kms:TrailingDaysWithoutKeyUsage": String(days) } };
}

/** What a key's policy may ask about it. */
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
 * Access to a key that is known. Only its own policy and its grants decide.
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html
 */
export function accessToKey(call: Call, operation: string, found: KeyUnderPolicy, conditions: Conditions = {}): Access {
  const { key, arn, requestAlias, grants } = found;
  return {
    action: `kms:${operation}`,
    resource: arn,
    resourceAccount: key.account,
    resourcePolicy: { name: "default", document: key.policy, rule: "alone" },
    ...(grants && { grants: async () => (await grants(call.principal)).flatMap(grantPermission) }),
    conditions: {
      "kms:CallerAccount": call.principal.account,
      "kms:KeyOrigin": key.origin,
      "kms:KeySpec": key.spec,
      "kms:KeyUsage": key.usage,
      "kms:MultiRegion": String(key.primaryRegion !== undefined),
      ...(key.primaryRegion !== undefined && { "kms:MultiRegionKeyType": isReplica(key) ? "REPLICA" : "PRIMARY" }),
      ...(requestAlias !== undefined && { "kms:RequestAlias": requestAlias }),
      ...(key.aliases.length > 0 && { "kms:ResourceAliases": key.aliases }),
      ...Object.fromEntries([...key.tags].map(([name, value]) => [`aws:ResourceTag/${name}`, value])),
      ...conditions,
    },
  };
}

/** Condition keys of an encryption: its context and algorithm. */
export function encryptionConditions(context: EncryptionContext = {}, algorithm = "SYMMETRIC_DEFAULT"): Conditions {
  const names = Object.keys(context);
  return {
    "kms:EncryptionAlgorithm": algorithm,
    ...(names.length > 0 && { "kms:EncryptionContextKeys": names }),
    ...Object.fromEntries(names.map((name) => [`kms:EncryptionContext:${name}`, context[name]!])),
  };
}

/** Condition keys of the tags in a request. */
export function tagConditions(tags: ReadonlyMap<string, string>): Conditions {
  return {
    ...(tags.size > 0 && { "aws:TagKeys": [...tags.keys()] }),
    ...Object.fromEntries([...tags].map(([name, value]) => [`aws:RequestTag/${name}`, value])),
  };
}

/** Condition keys of the tags that a request makes a key with: policies find them as the key's, too. */
export function newTagConditions(tags: ReadonlyMap<string, string>): Conditions {
  const ofKey = [...tags].map(([name, value]) => [`aws:ResourceTag/${name}`, value]);
  return { ...tagConditions(tags), ...Object.fromEntries(ofKey) };
}

/** Condition key of a request that sets a key's policy. */
export function bypass(input: { readonly BypassPolicyLockoutSafetyCheck?: boolean }): Conditions {
  return { "kms:BypassPolicyLockoutSafetyCheck": String(input.BypassPolicyLockoutSafetyCheck ?? false) };
}

/** In the words of a key policy that does not allow, whoever asks. */
function denied(call: Call, operation: string, arn: string): ApiError {
  return new ApiError(
    { code: "AccessDeniedException", status: 400 },
    `User: ${call.principal.arn} is not authorized to perform: kms:${operation} on resource: ${arn} ` +
      `because no resource-based policy allows the kms:${operation} action`,
  );
}
