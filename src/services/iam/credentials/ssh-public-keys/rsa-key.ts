import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { InvalidPublicKeyException$, UnrecognizedPublicKeyEncodingException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../../model/api-error.ts";

const algorithm = "ssh-rsa";
const fewestBits = 2048;

/** The encodings of a key: a line as in `authorized_keys`, or PEM. */
export type Encoding = "SSH" | "PEM";

/** An RSA key as `ssh-rsa …`, and the encoding that it came in. Throws AWS's errors for all other text. */
export function readSshPublicKey(text: string): { readonly body: string; readonly encoding: Encoding } {
  const trimmed = text.trim();
  const encoding = encodingOf(trimmed);
  const key = encoding === "SSH" ? keyOfLine(trimmed) : keyOfPem(trimmed);
  if (key?.asymmetricKeyType !== "rsa") throw invalidPublicKey();
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < fewestBits) throw invalidPublicKey();
  return { body: lineOf(key), encoding };
}

/** A key `ssh-rsa …` in PEM. */
export function pemOf(body: string): string {
  return String(keyOfLine(body)?.export({ type: "spki", format: "pem" }));
}

/** The MD5 digest of a key `ssh-rsa …`: `7a:1d:…`. */
export function fingerprintOf(body: string): string {
  const digest = createHash("md5")
    .update(Buffer.from(body.slice(algorithm.length + 1), "base64"))
    .digest("hex");
  return digest.replaceAll(/..(?!$)/g, "$&:");
}

function encodingOf(text: string): Encoding {
  if (text.startsWith(`${algorithm} `)) return "SSH";
  // Other labels would be read as well: Node derives public keys of private ones and of certificates.
  if (/^-----BEGIN (RSA )?PUBLIC KEY-----/.test(text)) return "PEM";
  throw new ApiError(
    UnrecognizedPublicKeyEncodingException$,
    "The public key encoding format is unsupported or unrecognized: it must be ssh-rsa or PEM",
  );
}

/** The key of `ssh-rsa <base64> comment`: https://www.rfc-editor.org/rfc/rfc4253#section-6.6 */
function keyOfLine(line: string): KeyObject | undefined {
  const [, base64 = ""] = line.split(/\s+/);
  const bytes = Buffer.from(base64, "base64");
  const fields: Buffer[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  const [name, e, n] = fields;
  if (at !== bytes.length || fields.length !== 3 || name?.toString() !== algorithm || !e || !n) return undefined;
  const key = made({ kty: "RSA", e: e.toString("base64url"), n: n.toString("base64url") });
  // What is not in the one form that the key has does not come back the same.
  return key && lineOf(key) === `${algorithm} ${base64}` ? key : undefined;
}

function keyOfPem(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function made(jwk: { readonly kty: string; readonly e: string; readonly n: string }): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: "jwk" });
  } catch {
    return undefined;
  }
}

function lineOf(key: KeyObject): string {
  const { e = "", n = "" } = key.export({ format: "jwk" });
  const fields = [Buffer.from(algorithm), number(e), number(n)].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `${algorithm} ${Buffer.concat(fields).toString("base64")}`;
}

/** A positive number, whose first bit must be 0. */
function number(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, "base64url");
  return (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function invalidPublicKey(): ApiError {
  return new ApiError(
    InvalidPublicKeyException$,
    `The public key is malformed, or no RSA key of at least ${fewestBits} bits`,
  );
}
