import { createPublicKey, type KeyObject } from "node:crypto";

/** Another's public key in DER, or `undefined` where the bytes are no point of that curve in a SubjectPublicKeyInfo. */
export function peerPublicKey(der: Uint8Array, namedCurve: string): KeyObject | undefined {
  let key: KeyObject;
  try {
    // OpenSSL looks whether the point lies on the curve.
    key = createPublicKey({ key: Buffer.from(der), format: "der", type: "spki" });
    // The point at infinity has no coordinates to tell.
    key.export({ format: "jwk" });
  } catch {
    return undefined;
  }
  const isOnCurve = key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === namedCurve;
  return isOnCurve ? key : undefined;
}
