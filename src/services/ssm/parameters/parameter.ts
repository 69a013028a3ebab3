import type { ParameterTier, ParameterType } from "@aws-sdk/client-ssm";
import { regionalArn } from "../../../arn.ts";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { ParameterPolicy } from "../policies/parameter-policy.ts";

/** Account and region of a parameter; any `Call` will do. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

/** One version of a parameter, without its value. */
export interface VersionSummary {
  readonly name: string;
  readonly version: number;
  readonly type: ParameterType;
  readonly tier: ParameterTier;
  readonly dataType: string;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  /** As it was given; `undefined` unless a SecureString. */
  readonly keyId: string | undefined;
  readonly modifiedAt: Date;
  /** ARN. */
  readonly modifiedBy: string;
  readonly policies: readonly ParameterPolicy[];
}

export interface ParameterVersion extends VersionSummary {
  /** UTF-8; the KMS ciphertext of a SecureString. */
  readonly value: Uint8Array;
}

export type NewVersion = Omit<ParameterVersion, "name" | "version">;

/** A parameter and its newest version, without the value. */
export interface ParameterSummary extends VersionSummary {
  readonly tags: readonly Tag[];
}

/** A parameter and its newest version. */
export interface Parameter extends ParameterVersion {
  readonly tags: readonly Tag[];
  /** From then on the parameter is not found. */
  readonly expiresAt: Date | undefined;
  /** The policy that shares the parameter. */
  readonly resourcePolicy: AttachedPolicy | undefined;
}

/** A resource policy of a parameter. */
export interface AttachedPolicy {
  readonly id: string;
  readonly document: string;
}

/** `/a/b` and `b` both follow `parameter/` without a doubled slash, so that `b` and `/b` share an ARN. */
export function parameterArn(place: Scope & { readonly partition: string }, name: string): string {
  return regionalArn(place, "ssm", `parameter${name.startsWith("/") ? "" : "/"}${name}`);
}

/** True once the parameter has expired. */
export function isExpired({ expiresAt }: Pick<Parameter, "expiresAt">, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}
