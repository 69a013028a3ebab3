import type { KeyMetadata } from "@aws-sdk/client-kms";
import type { Kms } from "../context.ts";
import type { FoundKey } from "./find.ts";
import { keyMetadata } from "./key.ts";

/** What DescribeKey shows of a key, with the regions of a multi-Region key. */
export async function describeFoundKey({ keys }: Pick<Kms, "keys">, { key, arn }: FoundKey): Promise<KeyMetadata> {
  if (key.primaryRegion === undefined) return keyMetadata(key, arn);
  return keyMetadata(key, arn, await keys.regionsOf(key.id));
}
