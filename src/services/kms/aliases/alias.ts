import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Key } from "../keys/key.ts";
import { parseKeyReference } from "../keys/reference.ts";

/** An alias as stored. */
export interface Alias {
  /** With `alias/`. */
  readonly name: string;
  readonly keyId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Refuses a name that customers' aliases cannot have. */
export function refuseAliasName(name: string): void {
  if (!name.startsWith("alias/") || name === "alias/") {
    throw validationException(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name.startsWith("alias/aws/")) throw new ApiError({ code: "NotAuthorizedException", status: 400 }, "");
  // The model's pattern allows the colon, for ARNs.
  if (name.includes(":")) throw validationException(`${name} contains invalid characters for an alias`);
}

export function refuseAliasAsTarget(call: Call, keyId: string): void {
  if (parseKeyReference(keyId, call).kind === "alias") {
    throw validationException("Aliases must refer to keys. Not aliases");
  }
}

/** An alias moves only to keys that the same code can use: of the same usage, and both symmetric or both asymmetric. */
export function refuseOtherKind(current: KeyKind, target: KeyKind): void {
  if (current.usage === target.usage && isSymmetric(current) === isSymmetric(target)) return;
  throw validationException("The alias must be updated to a key of the same type and key usage as its current key.");
}

type KeyKind = Pick<Key, "spec" | "usage">;

function isSymmetric({ spec }: KeyKind): boolean {
  return spec === "SYMMETRIC_DEFAULT" || spec.startsWith("HMAC_");
}
