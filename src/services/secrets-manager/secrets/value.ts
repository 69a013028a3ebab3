import { timingSafeEqual } from "node:crypto";
import { validationException } from "../../../model/common-errors.ts";
import { invalidParameter, invalidRequest } from "../errors.ts";

/** A secret's value in the clear. */
export interface SecretValue {
  readonly kind: "string" | "binary";
  readonly bytes: Uint8Array;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const maximumBytes = 65_536;

/** A request's value; `undefined` if it has none. Throws if it has two, or if the value is too long. */
export function requestedValue(input: {
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
}): SecretValue | undefined {
  const { SecretString: text, SecretBinary: binary } = input;
  if (text !== undefined && binary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const bytes = binary ?? (text === undefined ? undefined : Buffer.from(text));
  if (bytes === undefined) return undefined;
  const member = binary ? "secretBinary" : "secretString";
  if (bytes.length > maximumBytes) throw lengthViolation(member, `less than or equal to ${maximumBytes}`);
  if (bytes.length === 0) throw lengthViolation(member, "greater than or equal to 1");
  return { kind: binary ? "binary" : "string", bytes };
}

/** The version id in a request, which must have one. */
export function requestedToken(token: string | undefined): string {
  if (token === undefined) {
    throw invalidRequest("You must provide a ClientRequestToken value. We recommend a UUID-type value.");
  }
  if (!isVersionId(token)) throw invalidParameter("The ClientRequestToken value is not a valid version identifier.");
  return token;
}

/** True if a version can have this id: the API's model allows every text, PostgreSQL does not. */
export function isVersionId(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

export function sameValue(one: SecretValue, other: SecretValue): boolean {
  return one.kind === other.kind && one.bytes.length === other.bytes.length && timingSafeEqual(one.bytes, other.bytes);
}

/** The members that show a value. */
export function shownValue({ kind, bytes }: SecretValue): { SecretString: string } | { SecretBinary: Uint8Array } {
  return kind === "binary" ? { SecretBinary: bytes } : { SecretString: Buffer.from(bytes).toString() };
}

function lengthViolation(member: string, must: string) {
  return validationException(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length ${must}`,
  );
}
