import { createHash } from "node:crypto";
import type { Activation as ShownActivation } from "@aws-sdk/client-ssm";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Tag } from "../../../model/tag-conditions.ts";

/** What machines outside of AWS register with. */
export interface Activation {
  readonly id: string;
  readonly description: string | undefined;
  readonly defaultInstanceName: string | undefined;
  /** The name of the role, with its path in front but without the first slash. */
  readonly role: string;
  readonly registrationLimit: number;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly tags: readonly Tag[];
}

const hour = 60 * 60 * 1000;
const defaultLife = 24 * hour;
const longestLife = 30 * 24 * hour;
const codeAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Alphabet and length of activation codes, which are random enough for a plain hash. */
export const codeForm = [20, codeAlphabet] as const;

/** All that is kept of an activation code. */
export function codeHash(code: string): Uint8Array {
  return createHash("sha256").update(code).digest();
}

/** The ARN of the role that a request gives to machines. */
export function activationRoleArn({ partition, account }: Call, role: string): string {
  return `arn:${partition}:iam::${account}:role/${role}`;
}

/** When an activation expires; throws if that is not within the next 30 days. */
export function requestedExpiry(asked: Date | undefined, now: Date): Date {
  if (asked === undefined) return new Date(now.getTime() + defaultLife);
  const life = asked.getTime() - now.getTime();
  if (life > 0 && life <= longestLife) return asked;
  throw validationException(
    life > 0
      ? "The expiration date must be within 30 days of the current date."
      : "The expiration date must be in the future.",
  );
}

/** An activation as DescribeActivations shows it. */
export function shownActivation(activation: Activation, now: Date): ShownActivation {
  const { description: Description, defaultInstanceName: DefaultInstanceName, tags } = activation;
  return {
    ActivationId: activation.id,
    ...defined({ Description, DefaultInstanceName }),
    IamRole: activation.role,
    RegistrationLimit: activation.registrationLimit,
    // Machines register with ECS, none with Systems Manager.
    RegistrationsCount: 0,
    ExpirationDate: activation.expiresAt,
    Expired: activation.expiresAt <= now,
    CreatedDate: activation.createdAt,
    ...(tags.length > 0 && { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
  };
}
