import { parseArn } from "../../../arn.ts";

/** The meaning of a `KeyId` in a request, as far as its text tells. */
export type KeyReference =
  | { readonly kind: "key"; readonly account: string; readonly id: string }
  | { readonly kind: "alias"; readonly account: string; readonly name: string; readonly isArn: boolean }
  /** `message` is the one of AWS's NotFoundException. */
  | { readonly kind: "invalid"; readonly message: string };

const keyId = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/**
 * Reads a key id, key ARN, alias name or alias ARN. An id or name without an ARN belongs to the scope's account.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function parseKeyReference(
  text: string,
  scope: { readonly account: string; readonly region: string },
): KeyReference {
  if (!text.startsWith("arn:")) return parseResource(text, scope.account, text, false);
  const arn = parseArn(text);
  if (arn?.service !== "kms" || arn.account === "") return { kind: "invalid", message: `Invalid arn ${text}` };
  if (arn.region !== scope.region) return { kind: "invalid", message: `Invalid arn ${arn.region}` };
  if (arn.resource.startsWith("alias/")) return parseResource(arn.resource, arn.account, text, true);
  if (arn.resource.startsWith("key/")) return parseResource(arn.resource.slice("key/".length), arn.account, text, true);
  return { kind: "invalid", message: `Invalid arn ${text}` };
}

function parseResource(resource: string, account: string, text: string, isArn: boolean): KeyReference {
  if (resource.startsWith("alias/")) return { kind: "alias", account, name: resource, isArn };
  if (keyId.test(resource)) return { kind: "key", account, id: resource };
  return { kind: "invalid", message: `Invalid keyId '${text}'` };
}
