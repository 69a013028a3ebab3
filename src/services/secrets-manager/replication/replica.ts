import { parseArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import { invalidParameter } from "../errors.ts";
import { type Secret, type SecretVersion, storedKeyId } from "../secrets/secret.ts";

/** A secret's replica in another region, as its primary knows it. */
export interface Replica {
  readonly region: string;
  /** `undefined` for the region's `aws/secretsmanager`. */
  readonly kmsKeyId: string | undefined;
  /** Why it does not follow its primary; `undefined` while it does. */
  readonly failure: string | undefined;
}

/** What a replica is to get, encrypted for it. */
export interface ReplicaCopy {
  /** With `failure` where it could not be encrypted. */
  readonly replica: Replica;
  readonly versions: readonly SecretVersion[];
}

/** The replicas that a request asks for. */
export function requestedReplicas(
  call: Call,
  regions: readonly { Region?: string | undefined; KmsKeyId?: string | undefined }[] | undefined,
): Replica[] {
  const names = requestedRegions(
    call.region,
    (regions ?? []).map(({ Region = "" }) => Region),
  );
  return (regions ?? []).map(({ KmsKeyId }, index) => {
    const region = names[index]!;
    return { region, kmsKeyId: storedKeyId({ ...call, region }, KmsKeyId), failure: undefined };
  });
}

/** Regions of a request, each other than the secret's own, of its partition, and named once. */
export function requestedRegions(own: string, regions: readonly string[]): readonly string[] {
  const isReplica = (region: string) => region !== "" && region !== own && kindOf(region) === kindOf(own);
  if (!regions.every(isReplica) || new Set(regions).size < regions.length) {
    throw invalidParameter("Invalid replica region.");
  }
  return regions;
}

/** Secrets do not leave China, nor the regions of governments: each kind is a partition of its own. */
function kindOf(region: string): string {
  return /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/.exec(region)?.[1] ?? "";
}

/** `replicas` with `added`, which replace those of the same regions. */
export function withReplicas(replicas: readonly Replica[], added: readonly Replica[]): Replica[] {
  const byRegion = new Map(replicas.map((replica) => [replica.region, replica]));
  for (const replica of added) byRegion.set(replica.region, replica);
  return [...byRegion.values()];
}

/** The ARN of a secret's replica, or of a replica's primary. */
export function arnInRegion(arn: string, region: string): string {
  const [prefix, partition, service, , ...rest] = arn.split(":");
  return [prefix, partition, service, region, ...rest].join(":");
}

/** What a secret and its replicas have in common in their ARNs. */
export function sharedIdentity(arn: string): string {
  const { account = "", resource = arn } = parseArn(arn) ?? {};
  return `${account} ${resource}`;
}

/** The region of a replicated secret's primary; `undefined` where it is not replicated. */
export function primaryRegionOf({ primaryRegion, replicas, region }: Secret): string | undefined {
  return primaryRegion ?? (replicas.length > 0 ? region : undefined);
}

/** Whether what was encrypted for one list of replicas fits another. */
export function sameReplicas(one: readonly Replica[], other: readonly Replica[]): boolean {
  return writtenReplicas(one) === writtenReplicas(other);
}

/** Replicas as they are stored. */
export function writtenReplicas(replicas: readonly Replica[]): string | null {
  if (replicas.length === 0) return null;
  return JSON.stringify(replicas.map(({ region, kmsKeyId, failure }) => [region, kmsKeyId ?? null, failure ?? null]));
}

export function readReplicas(json: string | null): readonly Replica[] {
  if (json === null) return [];
  return (JSON.parse(json) as [string, string | null, string | null][]).map(([region, kmsKeyId, failure]) => ({
    region,
    kmsKeyId: kmsKeyId ?? undefined,
    failure: failure ?? undefined,
  }));
}
