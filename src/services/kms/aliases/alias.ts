import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import { aliasArn, type Key } from "../keys/key.ts";
import { parseKeyReference } from "../keys/reference.ts";

/** The alias that a request is to make, change or delete. Throws where that cannot be. */
export function aliasAccess(call: Call, operation: string, name: string): Access {
  if (!name.startsWith("alias/") || name === "alias/") {
    throw validation(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name.startsWith("alias/aws/")) throw new ApiError({ code: "NotAuthorizedException", status: 400 }, "");
  // The model's pattern has the colon, for ARNs.
  if (name.includes(":")) throw validation(`${name} contains invalid characters for an alias`);
  return {
    action: `kms:${operation}`,
    resource: aliasArn(call, name),
    conditions: { "kms:CallerAccount": call.principal.account },
  };
}

export function refuseAliasAsTarget(call: Call, keyId: string): void {
  if (parseKeyReference(keyId, call).kind === "alias") throw validation("Aliases must refer to keys. Not aliases");
}

/** An alias keeps to keys that the same code can use: of one usage, and both symmetric or both not. */
export function refuseOtherKind(current: KeyKind, target: KeyKind): void {
  if (current.usage === target.usage && isSymmetric(current) === isSymmetric(target)) return;
  throw validation("The alias must be updated to a key of the same type and key usage as its current key.");
}

type KeyKind = Pick<Key, "spec" | "usage">;

function isSymmetric({ spec }: KeyKind): boolean {
  return spec === "SYMMETRIC_DEFAULT" || spec.startsWith("HMAC_");
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}
