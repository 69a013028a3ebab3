import { parseArn } from "../../../arn.ts";

/** A secret's replica in another region. */
export interface Replica {
  readonly region: string;
  /** `undefined` for the region's `aws/secretsmanager`. */
  readonly kmsKeyId: string | undefined;
  /** Why it does not follow its primary; `undefined` while it does. */
  readonly failure: string | undefined;
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

/** The part of an ARN that a secret and its replicas share. */
export function sharedIdentity(arn: string): string {
  const { account = "", resource = arn } = parseArn(arn) ?? {};
  return `${account} ${resource}`;
}

/** True if versions that were encrypted for one list of replicas fit the other. */
export function sameReplicas(one: readonly Replica[], other: readonly Replica[]): boolean {
  return writtenReplicas(one) === writtenReplicas(other);
}

/** Replicas as a column holds them. */
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
