import { CustomerMasterKeySpec, type KeyMetadata, type MultiRegionConfiguration } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import type { Kms } from "../context.ts";
import type { FoundKey } from "./find.ts";
import { isPrimary, type Key } from "./key.ts";
import { keyAlgorithms } from "./spec.ts";

/** The members of an answer that show a key's spec. The deprecated one is absent for newer specs. */
export function keySpecMembers({ spec, usage }: Pick<Key, "spec" | "usage">) {
  const deprecated = Object.values(CustomerMasterKeySpec).find((name) => name === spec);
  return { ...defined({ CustomerMasterKeySpec: deprecated }), KeySpec: spec, ...keyAlgorithms(spec, usage) };
}

/** A key as DescribeKey shows it, with the regions of a multi-Region key. */
export async function shownKey({ store }: Pick<Kms, "store">, { key, arn }: NamedKey): Promise<KeyMetadata> {
  if (key.primaryRegion === undefined) return keyMetadata(key, arn);
  return keyMetadata(key, arn, await store.replicas.regionsOf(key.id));
}

type NamedKey = Pick<FoundKey, "key" | "arn">;

/** A key as DescribeKey shows it; `regions` are those that have the key. */
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
    Origin: key.origin,
    KeyManager: key.manager,
    MultiRegion: key.primaryRegion !== undefined,
    ...defined({
      DeletionDate: key.deletionAt,
      PendingDeletionWindowInDays: key.deletionWindow,
      MultiRegionConfiguration: multiRegionConfiguration(key, arn, regions),
      CurrentKeyMaterialId: key.materialId,
    }),
    ...expiration(key),
    ...keySpecMembers(key),
  };
}

/** A key that waits for an import has no material that could expire. */
function expiration(key: Key): Pick<KeyMetadata, "ExpirationModel" | "ValidTo"> {
  const { origin, state, materialVersion, validTo } = key;
  if (origin !== "EXTERNAL" || state === "PendingImport" || materialVersion === 0) return {};
  if (!validTo) return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: validTo };
}

function multiRegionConfiguration(
  key: Key,
  arn: string,
  regions: readonly string[],
): MultiRegionConfiguration | undefined {
  const { primaryRegion } = key;
  if (primaryRegion === undefined) return undefined;
  const entry = (region: string) => ({ Arn: arn.split(":").with(3, region).join(":"), Region: region });
  return {
    MultiRegionKeyType: isPrimary(key) ? "PRIMARY" : "REPLICA",
    PrimaryKey: entry(primaryRegion),
    ReplicaKeys: regions.filter((region) => region !== primaryRegion).map(entry),
  };
}
