import { CustomerMasterKeySpec, type KeyMetadata, type KeySpec, type KeyUsageType } from "@aws-sdk/client-kms";
import { regionalArn } from "../../../arn.ts";
import { keyAlgorithms } from "./spec.ts";

/** Account and region of a key; any `Call` will do. */
export interface Scope {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** A KMS key without its material. */
export interface Key {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly manager: "AWS" | "CUSTOMER";
  readonly state: KeyState;
  readonly spec: KeySpec;
  readonly usage: KeyUsageType;
  readonly origin: "AWS_KMS" | "EXTERNAL";
  /** Of a multi-Region key: the region of its primary. */
  readonly primaryRegion: string | undefined;
  readonly description: string;
  readonly policy: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Names (`alias/…`) of all aliases that refer to it, sorted. */
  readonly aliases: readonly string[];
  /** The material that new ciphertexts are made with; 0 where none was imported yet. */
  readonly materialVersion: number;
  /** That material's id, of symmetric encryption keys only. */
  readonly materialId: string | undefined;
  /** When the first of its imported materials expires. */
  readonly validTo: Date | undefined;
  /** Days between automatic rotations; `undefined` where there are none. */
  readonly rotationPeriod: number | undefined;
  readonly rotatesAt: Date | undefined;
  readonly createdAt: Date;
  readonly deletionAt: Date | undefined;
  /** Days to wait once its replicas are gone; `undefined` unless `PendingReplicaDeletion`. */
  readonly deletionWindow: number | undefined;
}

export type KeyState = "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport" | "PendingReplicaDeletion";

/** Whether the key is a multi-Region key that another region has the primary of. */
export function isReplica({ primaryRegion, region }: Pick<Key, "primaryRegion" | "region">): boolean {
  return primaryRegion !== undefined && primaryRegion !== region;
}

/** Whether the key is a multi-Region key's primary. */
export function isPrimary({ primaryRegion, region }: Pick<Key, "primaryRegion" | "region">): boolean {
  return primaryRegion === region;
}

/** The ARN of a key, or of a key that the scope does not have. */
export function keyArn(scope: Scope, id: string): string {
  return regionalArn(scope, "kms", `key/${id}`);
}

/** `name` begins with `alias/`. */
export function aliasArn(scope: Scope, name: string): string {
  return regionalArn(scope, "kms", name);
}

/** What answers about a key say of its spec, in the deprecated member where that has such a value. */
export function keySpecMembers({ spec, usage }: Pick<Key, "spec" | "usage">) {
  const deprecated = Object.values(CustomerMasterKeySpec).find((name) => name === spec);
  return {
    ...(deprecated && { CustomerMasterKeySpec: deprecated }),
    KeySpec: spec,
    ...keyAlgorithms(spec, usage),
  };
}

/** What DescribeKey shows; `regions` are those that have the key. */
export function keyMetadata(key: Key, arn: string, regions: readonly string[] = [key.region]): KeyMetadata {
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: arn,
    CreationDate: key.createdAt,
    Enabled: key.state === "Enabled",
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    ...(key.deletionAt && { DeletionDate: key.deletionAt }),
    ...(key.deletionWindow !== undefined && { PendingDeletionWindowInDays: key.deletionWindow }),
    Origin: key.origin,
    ...expiration(key),
    KeyManager: key.manager,
    ...keySpecMembers(key),
    MultiRegion: key.primaryRegion !== undefined,
    ...multiRegionMembers(key, arn, regions),
    ...(key.materialId !== undefined && { CurrentKeyMaterialId: key.materialId }),
  };
}

/** A key that waits for an import has no material that could expire. */
function expiration(key: Key): Pick<KeyMetadata, "ExpirationModel" | "ValidTo"> {
  const { origin, state, materialVersion, validTo } = key;
  if (origin !== "EXTERNAL" || state === "PendingImport" || materialVersion === 0) return {};
  if (!validTo) return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: validTo };
}

function multiRegionMembers(key: Key, arn: string, regions: readonly string[]) {
  const { primaryRegion } = key;
  if (primaryRegion === undefined) return {};
  const partition = arn.split(":")[1]!;
  const entry = (region: string) => ({ Arn: keyArn({ ...key, partition, region }, key.id), Region: region });
  return {
    MultiRegionConfiguration: {
      MultiRegionKeyType: isPrimary(key) ? ("PRIMARY" as const) : ("REPLICA" as const),
      PrimaryKey: entry(primaryRegion),
      ReplicaKeys: regions.filter((region) => region !== primaryRegion).map(entry),
    },
  };
}
