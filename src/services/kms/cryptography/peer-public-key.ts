import { createPublicKey, type KeyObject } from "node:crypto";

/** A peer's public key in DER, or `undefined` if the bytes are not a SubjectPublicKeyInfo with a point of that curve. */
export function peerPublicKey(der: Uint8Array, namedCurve: string): KeyObject | undefined {
  let key: KeyObject;
  try {
    // OpenSSL checks that the point lies on the curve.
    key = createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
    // The point at infinity has no coordinates to export.
    key.export({ format: "jwk" });
  } catch {
    return undefined;
  }
  const isOnCurve = key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === namedCurve;
  return isOnCurve ? key : undefined;
}
