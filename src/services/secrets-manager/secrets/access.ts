import { isDeepStrictEqual } from "node:util";
import type { Need } from "../../../model/operation.ts";
import { type ConditionKeys, newTagKeys, resourceTagKeys, type Tag } from "../../../model/tag-conditions.ts";
import type { FoundSecret } from "./find.ts";
import type { VersionSelector } from "./reads.ts";
import type { Secret } from "./secret.ts";

const service = "secretsmanager";

export type Conditions = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The permission that an operation on a secret needs; `conditions` are the request's own. */
export function secretAccess({ reference, secret }: FoundSecret, conditions: Conditions = {}): Need {
  if (secret) return accessTo(secret, conditions);
  const { arn, account } = reference;
  return {
    resource: arn,
    resourceAccount: account,
    conditions: presentKeys({ "secretsmanager:SecretId": arn, ...conditions }),
  };
}

/** The permission that reading a version needs. Its keys hold what the request says: AWS does not fill AWSCURRENT in. */
export function valueAccess(found: FoundSecret, { versionId, stage }: VersionSelector): Need {
  return secretAccess(found, {
    "secretsmanager:VersionId": versionId,
    "secretsmanager:VersionStage": stage,
  });
}

/** As `secretAccess`, to a secret that is known. */
export function accessTo(secret: Secret, conditions: Conditions = {}): Need {
  const { arn, resourcePolicy } = secret;
  const need = {
    resource: arn,
    resourceAccount: secret.account,
    conditions: presentKeys({
      "secretsmanager:SecretId": arn,
      "secretsmanager:SecretPrimaryRegion": secret.primaryRegion ?? secret.region,
      "secretsmanager:resource/AllowRotationLambdaArn": secret.rotationFunctionArn,
      ...resourceTagKeys(secret.tags ?? [], service),
      ...conditions,
    }),
  };
  if (resourcePolicy === undefined) return need;
  return { ...need, resourcePolicy: { name: arn, document: resourcePolicy, rule: "either" } };
}

/** True if policies decide the same on both, whatever the request: it is the same secret, with the same policy and tags. */
export function isSameToPolicies(one: Secret, other: Secret): boolean {
  return isDeepStrictEqual(accessTo(one), accessTo(other));
}

/** The permissions that making a secret needs. */
export function creationAccess(
  resource: string,
  tags: readonly Tag[],
  input: ReplicationInput & { readonly Name: string; readonly Description?: string; readonly Type?: string },
  keys: Conditions,
): Need[] {
  const tagging = newTagKeys(tags, service);
  const replication = replicationKeys(input);
  const create = {
    "secretsmanager:Name": input.Name,
    "secretsmanager:Description": input.Description,
    "secretsmanager:Type": input.Type,
    ...keys,
    ...replication,
    ...tagging,
  };
  const needs: Need[] = [{ resource, conditions: presentKeys(create) }];
  if (tags.length > 0) needs.push({ action: "secretsmanager:TagResource", resource, conditions: tagging });
  if (input.AddReplicaRegions && input.AddReplicaRegions.length > 0) {
    const action = "secretsmanager:ReplicateSecretToRegions";
    needs.push({ action, resource, conditions: presentKeys(replication) });
  }
  return needs;
}

interface ReplicationInput {
  readonly AddReplicaRegions?: readonly { readonly Region?: string }[];
  readonly ForceOverwriteReplicaSecret?: boolean;
}

/** Condition keys of the regions in a request. */
export function replicationKeys(input: ReplicationInput): Conditions {
  return {
    "secretsmanager:AddReplicaRegions": input.AddReplicaRegions?.map(({ Region = "" }) => Region),
    "secretsmanager:ForceOverwriteReplicaSecret": input.ForceOverwriteReplicaSecret?.toString(),
  };
}

/** Condition keys of the KMS key that a request names; `keyArn` is the key's, if there is one. */
export function keyKeys(keyId: string | undefined, keyArn: string | undefined): Conditions {
  return { "secretsmanager:KmsKeyId": keyId, "secretsmanager:KmsKeyArn": keyArn };
}

function presentKeys(conditions: Conditions): ConditionKeys {
  const keys: ConditionKeys = {};
  for (const [key, value] of Object.entries(conditions)) {
    if (value !== undefined && (typeof value === "string" || value.length > 0)) keys[key] = value;
  }
  return keys;
}
