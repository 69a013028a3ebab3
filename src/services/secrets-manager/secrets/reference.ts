import { parseArn, regionalArn } from "../../../arn.ts";
import type { Ids } from "../../../ids.ts";
import type { Call } from "../../../model/call.ts";
import { invalidName, invalidParameter } from "../errors.ts";
import type { Place, Secret } from "./secret.ts";

/** The secret that a `SecretId` names. */
export interface SecretReference {
  readonly account: string;
  readonly region: string;
  /** Permissions are checked on this ARN while no secret is found. */
  readonly arn: string;
  /** Absent if only a secret of exactly that ARN matches. */
  readonly name?: string;
}

/** "!" is not documented but accepted: secrets that other services manage have it (`rds!cluster-…`). */
const nameCharacters = /^[A-Za-z0-9/_+=.@!-]+$/;

/** AWS appends it to the name in an ARN. */
const arnSuffix = /-[A-Za-z0-9]{6}$/;

const arnSuffixAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A tag with this key chooses the suffix, so that a task definition of another account's secrets is good here unchanged. To AWS
 * it is a tag like any other.
 */
const suffixTag = "sealift:arn-suffix";

/** What a new secret's ARN ends in after the name and a hyphen: six letters and digits. */
export function newArnSuffix(ids: Ids, tags: NonNullable<Secret["tags"]>): string {
  const chosen = tags.find(({ key }) => key === suffixTag)?.value;
  if (chosen === undefined) return ids.text(6, arnSuffixAlphabet);
  if (!/^[A-Za-z0-9]{6}$/.test(chosen)) {
    throw invalidParameter(`The value of the tag ${suffixTag} must be six letters and digits.`);
  }
  return chosen;
}

export function isSecretName(name: string): boolean {
  return nameCharacters.test(name);
}

/**
 * Reads a `SecretId`; `undefined` if it is neither a name nor an ARN of a secret. An ARN that ends with a hyphen and six
 * characters counts as complete, even if those are the end of the name.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export function secretReference(call: Place, secretId: string): SecretReference | undefined {
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
  return arnSuffix.test(name) ? { account, region, arn: secretId } : { account, region, arn: secretId, name };
}

/** As `secretReference`; throws for a malformed `SecretId`. */
export function requestedSecret(call: Call, secretId: string): SecretReference {
  const reference = secretReference(call, secretId);
  if (!reference) throw invalidName();
  return reference;
}

/** `name` is the secret's name, with the random suffix or without. */
export function secretArn(place: Place, name: string): string {
  return regionalArn(place, "secretsmanager", `secret:${name}`);
}

/** The name in a secret's ARN, without the random suffix. */
export function nameInArn(arn: string): string {
  return (parseArn(arn)?.resource ?? arn).replace(/^secret:/, "").replace(arnSuffix, "");
}
