import type { KeySpec, KeyUsageType } from "@aws-sdk/client-kms";
import { regionalArn } from "../../../arn.ts";

/** Account and region of a key; every `Call` is one. */
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
  /** The region of a multi-Region key's primary; `undefined` for other keys. */
  readonly primaryRegion: string | undefined;
  readonly description: string;
  readonly policy: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Names (`alias/…`) of all aliases that refer to it, sorted. */
  readonly aliases: readonly string[];
  /** The material that new ciphertexts are made with; 0 before the first import. */
  readonly materialVersion: number;
  /** The id of the current material; only symmetric encryption keys have one. */
  readonly materialId: string | undefined;
  /** When the first of its imported materials expires. */
  readonly validTo: Date | undefined;
  /** Days between automatic rotations; `undefined` without them. */
  readonly rotationPeriod: number | undefined;
  readonly rotatesAt: Date | undefined;
  readonly createdAt: Date;
  readonly deletionAt: Date | undefined;
  /** Days to wait once its replicas are gone; `undefined` unless `PendingReplicaDeletion`. */
  readonly deletionWindow: number | undefined;
}

export type KeyState = "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport" | "PendingReplicaDeletion";

/** Names one key: the replicas of a multi-Region key share its id. */
export type KeyName = Pick<Key, "region" | "id">;

type Regions = Pick<Key, "primaryRegion" | "region">;

/** `true` for a multi-Region key whose primary is in another region. */
export function isReplica({ primaryRegion, region }: Regions): boolean {
  return primaryRegion !== undefined && primaryRegion !== region;
}

/** `true` for a multi-Region key's primary. */
export function isPrimary({ primaryRegion, region }: Regions): boolean {
  return primaryRegion === region;
}

/** The ARN of a key, whether it exists or not. */
export function keyArn(scope: Scope, id: string): string {
  return regionalArn(scope, "kms", `key/${id}`);
}

/** `name` begins with `alias/`. */
export function aliasArn(scope: Scope, name: string): string {
  return regionalArn(scope, "kms", name);
}
