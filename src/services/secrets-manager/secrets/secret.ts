import { parseArn } from "../../../arn.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import { invalidParameter, invalidRequest } from "../errors.ts";
import type { Replica } from "../replication/replica.ts";
import type { Stages } from "./stages.ts";

/** A secret without its values. */
export interface Secret {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly description: string | undefined;
  /** `undefined` for `aws/secretsmanager`. */
  readonly kmsKeyId: string | undefined;
  /** `undefined` if the secret never had a tag. */
  readonly tags: readonly Tag[] | undefined;
  readonly resourcePolicy: string | undefined;
  readonly stages: Stages;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Start of the day of the last read. */
  readonly accessedOn: Date | undefined;
  /** End of the recovery window; `undefined` unless marked for deletion. */
  readonly deletesAt: Date | undefined;
  /** Region of a replica's primary; `undefined` if the secret is no replica. */
  readonly primaryRegion: string | undefined;
  /** Its replicas in other regions. */
  readonly replicas: readonly Replica[];
  /** The function that rotates it. Lists leave it out. */
  readonly rotationFunctionArn?: string;
}

/** One version of a secret, as it is stored. */
export interface SecretVersion {
  readonly versionId: string;
  readonly kind: "string" | "binary";
  /** The KMS ciphertext. */
  readonly value: Uint8Array;
  /** `undefined` for `aws/secretsmanager`. */
  readonly keyArn: string | undefined;
  readonly createdAt: Date;
  readonly accessedOn: Date | undefined;
}

/** Partition, account and region of a secret. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

export function placeOf(secretArn: string): Place {
  const arn = parseArn(secretArn);
  if (!arn) throw new Error(`A stored secret has the malformed ARN ${secretArn}`);
  return { partition: arn.partition, account: arn.account, region: arn.region };
}

/** Region of a replicated secret's primary; `undefined` if the secret is not replicated. */
export function primaryRegionOf({ primaryRegion, replicas, region }: Secret): string | undefined {
  return primaryRegion ?? (replicas.length > 0 ? region : undefined);
}

/** Throws if the secret is marked for deletion. */
export function refuseMarkedForDeletion(secret: Secret): void {
  if (secret.deletesAt === undefined) return;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

/** Throws if the secret is a replica: only its primary changes it. */
export function refuseReplica(secret: Secret): void {
  if (secret.primaryRegion === undefined) return;
  throw invalidParameter("Operation not permitted on a replica secret. Call must be made in primary secret's region.");
}

/** Throws if the secret is a replica or marked for deletion. */
export function refuseUnchangeable(secret: Secret): void {
  refuseReplica(secret);
  refuseMarkedForDeletion(secret);
}

const day = 24 * 60 * 60 * 1000;

/** The start of a time's day (UTC): dates of access have no time. */
export function dayOf(time: Date): Date {
  return new Date(time.getTime() - (time.getTime() % day));
}

export function daysAfter(time: Date, days: number): Date {
  return new Date(time.getTime() + days * day);
}
