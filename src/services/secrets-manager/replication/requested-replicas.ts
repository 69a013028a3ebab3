import type { Call } from "../../../model/call.ts";
import { invalidParameter } from "../errors.ts";
import { storedKeyId } from "../secrets/key-id.ts";
import type { Replica } from "./replica.ts";

/** The replicas that a request asks for. */
export function requestedReplicas(
  call: Call,
  regions: readonly { Region?: string | undefined; KmsKeyId?: string | undefined }[] = [],
): Replica[] {
  refuseRegions(
    call.region,
    regions.map(({ Region = "" }) => Region),
  );
  return regions.map(({ Region: region = "", KmsKeyId }) => ({
    region,
    kmsKeyId: storedKeyId({ ...call, region }, KmsKeyId),
    failure: undefined,
  }));
}

/** Throws unless each region is in the partition of `own`, is another region than it, and is named once. */
export function refuseRegions(own: string, regions: readonly string[]): void {
  const isReplica = (region: string) => region !== "" && region !== own && kindOf(region) === kindOf(own);
  if (!regions.every(isReplica) || new Set(regions).size < regions.length) {
    throw invalidParameter("Invalid replica region.");
  }
}

/** Secrets do not leave China, nor the regions of governments: each kind is a partition of its own. */
function kindOf(region: string): string {
  return /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/.exec(region)?.[1] ?? "";
}
