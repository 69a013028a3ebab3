import { parseArn, regionalArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import type { Replica } from "../replication/replica.ts";
import type { Stages } from "./stages.ts";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A secret without its values. */
export interface Secret {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly description: string | undefined;
  /** `undefined` for `aws/secretsmanager`. */
  readonly kmsKeyId: string | undefined;
  /** `undefined` where it never had one. */
  readonly tags: readonly Tag[] | undefined;
  readonly resourcePolicy: string | undefined;
  readonly stages: Stages;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Start of the day of the last read. */
  readonly accessedOn: Date | undefined;
  /** End of the recovery window; `undefined` unless marked for deletion. */
  readonly deletesAt: Date | undefined;
  /** Of a replica: its primary's region. */
  readonly primaryRegion: string | undefined;
  /** Its replicas in other regions. */
  readonly replicas: readonly Replica[];
  /** What it is rotated by, as far as it was read for policies to ask about it. */
  readonly rotationFunctionArn?: string;
}

/** One version's value as stored. */
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

/** Which secret a `SecretId` means. */
export interface SecretReference {
  readonly account: string;
  readonly region: string;
  /** What permissions are checked on while no secret is found. */
  readonly arn: string;
  /** Absent where only a secret of exactly that ARN is meant. */
  readonly name?: string;
}

/** "!" is not documented but accepted: secrets that other services manage have it (`rds!cluster-…`). */
const nameCharacters = /^[A-Za-z0-9/_+=.@!-]+$/;

/** What AWS adds to a name in the ARN. */
const arnSuffix = /-[A-Za-z0-9]{6}$/;

export const arnSuffixAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function isSecretName(name: string): boolean {
  return nameCharacters.test(name);
}

/**
 * What a `SecretId` refers to, or `undefined` where it is neither a name nor an ARN of a secret. An ARN that ends with a
 * hyphen and six characters is taken for a complete one, even if those are the end of the name.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function secretReference(call: Call, secretId: string): SecretReference | undefined {
  if (isSecretName(secretId)) {
    return {
      account: call.account,
      region: call.region,
      arn: secretArn(call, secretId),
      name: secretId,
    };
  }
  const arn = parseArn(secretId);
  const name = arn?.resource.startsWith("secret:") ? arn.resource.slice("secret:".length) : "";
  if (arn?.service !== "secretsmanager" || arn.partition !== call.partition || !isSecretName(name)) return undefined;
  const { account, region } = arn;
  return { account, region, arn: secretId, ...(!arnSuffix.test(name) && { name }) };
}

/** `name` is the secret's name, with the random suffix or without. */
export function secretArn(scope: Pick<Call, "partition" | "region" | "account">, name: string): string {
  return regionalArn(scope, "secretsmanager", `secret:${name}`);
}

/** The name in a secret's ARN, its random suffix taken off. */
export function nameInArn(arn: string): string {
  return (parseArn(arn)?.resource ?? arn).replace(/^secret:/, "").replace(arnSuffix, "");
}

export const managedAlias = "alias/aws/secretsmanager";

/** A `KmsKeyId` of a request as it is kept: `undefined` for `aws/secretsmanager`, aliases as ARNs. */
export function storedKeyId(scope: Pick<Call, "partition" | "region" | "account">, given: string | undefined) {
  if (given === undefined || given === "" || given === managedAlias) return undefined;
  const id = given.startsWith("alias/") ? regionalArn(scope, "kms", given) : given;
  return id === regionalArn(scope, "kms", managedAlias) ? undefined : id;
}

const day = 24 * 60 * 60 * 1000;

/** The start of a time's day (UTC): dates of access have no time. */
export function dayOf(time: Date): Date {
  return new Date(time.getTime() - (time.getTime() % day));
}

export function daysAfter(time: Date, days: number): Date {
  return new Date(time.getTime() + days * day);
}

/** Where a stored secret is. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

export function placeOf(arn: string): Place {
  const { partition, account, region } = parseArn(arn)!;
  return { partition, account, region };
}
