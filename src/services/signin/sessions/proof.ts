import { createHash, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import type { Call } from "../../../model/call.ts";
import { invalidRequest } from "../errors.ts";

/** Milliseconds by which a client's clock may be off. */
const skew = 5 * 60_000;

/** Who sent a request has the key. */
export interface Proof {
  readonly keyThumbprint: string;
  /** Hash of the proof's own id: another request has another one. */
  readonly id: string;
}

/**
 * The proof of possession in a request's `DPoP` header; `undefined` where there is none. Throws AWS's error for one that is not
 * of this request: https://www.rfc-editor.org/rfc/rfc9449
 */
export function proofIn({ dpop, host, time }: Pick<Call, "dpop" | "host" | "time">, path: string): Proof | undefined {
  if (dpop === undefined) return undefined;
  const [header = "", payload = "", signature = "", ...rest] = dpop.split(".");
  const { typ, alg, jwk } = partOf(header);
  const { htm, htu, iat, jti } = partOf(payload);
  if (rest.length > 0 || typ !== "dpop+jwt" || alg !== "ES256") throw wrong("it must be a dpop+jwt with ES256");
  const { kty, crv, x, y } = Object(jwk) as JsonWebKey;
  if (kty !== "EC" || crv !== "P-256" || typeof x !== "string" || typeof y !== "string")
    throw wrong("its key must be of P-256");
  if (!isSigned(`${header}.${payload}`, { kty, crv, x, y }, signature)) throw wrong("its signature does not match");
  if (htm !== "POST" || !isSent(htu, host, path)) throw wrong("it is of another request");
  if (typeof iat !== "number" || Math.abs(iat * 1000 - time.getTime()) > skew)
    throw wrong("its time is not the present");
  if (typeof jti !== "string" || jti === "") throw wrong("it has no jti");
  return { keyThumbprint: sha256(JSON.stringify({ crv, kty, x, y })), id: sha256(jti) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function partOf(part: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(Buffer.from(part, "base64url").toString()));
  } catch {
    return {};
  }
}

function isSigned(text: string, key: JsonWebKey, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key, format: "jwk" });
    const bytes = Buffer.from(signature, "base64url");
    return verify("sha256", Buffer.from(text), { key: publicKey, dsaEncoding: "ieee-p1363" }, bytes);
  } catch {
    // No point of the curve, or no signature.
    return false;
  }
}

/** The scheme may be a proxy's. */
function isSent(htu: unknown, host: string, path: string): boolean {
  if (typeof htu !== "string" || !URL.canParse(htu)) return false;
  const { protocol, host: told, pathname } = new URL(htu);
  const own = `${protocol}//${host}`;
  return pathname === path && URL.canParse(own) && new URL(own).host === told;
}

function wrong(what: string) {
  return invalidRequest(`The DPoP proof is not valid: ${what}`);
}
