import { createPrivateKey, createPublicKey, decapsulate, encapsulate, type KeyObject, sign, verify } from "node:crypto";
import type { KeySpec } from "@aws-sdk/client-kms";
import { type MaterialKind, materialKind } from "../keys/spec.ts";

/**
 * Imported bytes in the form in which material of that spec is stored: a secret of the spec's length, or a private key in
 * PKCS #8 whose halves belong together. `undefined` for other bytes.
 */
export function importableMaterial(spec: KeySpec, bytes: Uint8Array): Uint8Array | undefined {
  const kind = materialKind(spec);
  if (kind?.type === "secret") return bytes.length === kind.bytes ? bytes : undefined;
  const key = kind && privateKey(bytes);
  if (!key || !isOfKind(key, kind) || !isWhole(key)) return undefined;
  // Always the same bytes for the same key: the next import of it must find it to be the same.
  return key.export({ format: "der", type: "pkcs8" });
}

function privateKey(bytes: Uint8Array): KeyObject | undefined {
  try {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return createPrivateKey({ key, format: "der", type: "pkcs8" });
  } catch {
    return undefined;
  }
}

function isOfKind(key: KeyObject, kind: MaterialKind): boolean {
  if (key.asymmetricKeyType !== kind.type) return false;
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (kind.type === "rsa") return modulusLength === kind.modulusLength;
  return kind.type !== "ec" || namedCurve === kind.namedCurve;
}

function isWhole(key: KeyObject): boolean {
  const hash = key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "ec" ? "sha256" : null;
  const message = Buffer.from("imported");
  try {
    if (key.asymmetricKeyType?.startsWith("ml-kem")) {
      const { sharedKey, ciphertext } = encapsulate(createPublicKey(key));
      return decapsulate(key, ciphertext).equals(sharedKey);
    }
    return verify(hash, message, createPublicKey(key), sign(hash, message, key));
  } catch {
    return false;
  }
}
