import { constants, createDecipheriv, type KeyObject, privateDecrypt } from "node:crypto";
import { children, namespaces, textOf, withDescendants, type XmlElement } from "./xml.ts";

const encryption = "http://www.w3.org/2001/04/xmlenc#";
const encryption11 = "http://www.w3.org/2009/xmlenc11#";

/** The ciphers that AWS takes: AES-CBC and AES-GCM, with the bytes of their keys and what stands before the ciphertext. */
const ciphers: Readonly<Record<string, { readonly name: string; readonly keySize: number; readonly ivSize: number }>> =
  {
    [`${encryption}aes128-cbc`]: { name: "aes-128-cbc", keySize: 16, ivSize: 16 },
    [`${encryption}aes256-cbc`]: { name: "aes-256-cbc", keySize: 32, ivSize: 16 },
    [`${encryption11}aes128-gcm`]: { name: "aes-128-gcm", keySize: 16, ivSize: 12 },
    [`${encryption11}aes256-gcm`]: { name: "aes-256-gcm", keySize: 32, ivSize: 12 },
  };
const tagSize = 16;

const digests: Readonly<Record<string, string>> = {
  [`${namespaces.signature}sha1`]: "sha1",
  [`${encryption}sha256`]: "sha256",
  [`${encryption}sha512`]: "sha512",
};

/**
 * The XML in an `EncryptedAssertion` whose key was encrypted for one of the private keys by RSA-OAEP; else `undefined`. It
 * must say no more than that: an answer that tells padding from content would let strangers decrypt.
 * https://www.w3.org/TR/xmlenc-core1/
 */
export function decrypted(encrypted: XmlElement, keys: readonly KeyObject[]): string | undefined {
  const [data] = children(encrypted, encryption, "EncryptedData");
  const wrapped = [...withDescendants(encrypted)].filter(
    ({ namespaceURI, localName }) => namespaceURI === encryption && localName === "EncryptedKey",
  );
  const cipher = data && ciphers[methodOf(data)?.getAttribute("Algorithm") ?? ""];
  const content = data && cipherValue(data);
  if (!cipher || !content || wrapped.length !== 1 || !wrapped[0]) return undefined;
  for (const key of keys) {
    try {
      const secret = unwrapped(wrapped[0], key);
      if (secret?.length !== cipher.keySize) continue;
      return new TextDecoder("utf-8", { fatal: true }).decode(opened(content, secret, cipher));
    } catch {
      // Made for another key, or changed.
    }
  }
  return undefined;
}

function unwrapped(encryptedKey: XmlElement, key: KeyObject): Buffer | undefined {
  const method = methodOf(encryptedKey);
  const value = cipherValue(encryptedKey);
  const algorithm = method?.getAttribute("Algorithm");
  const [digest] = method ? children(method, namespaces.signature, "DigestMethod") : [];
  const oaepHash = digests[digest?.getAttribute("Algorithm") ?? `${namespaces.signature}sha1`];
  const [mask] = method ? children(method, encryption11, "MGF") : [];
  // Node uses one digest for both, which `rsa-oaep-mgf1p` fixes to SHA-1 for the mask.
  const maskHash =
    algorithm === `${encryption11}rsa-oaep` ? (mask?.getAttribute("Algorithm") ?? "#mgf1sha1") : "#mgf1sha1";
  const isOaep = algorithm === `${encryption}rsa-oaep-mgf1p` || algorithm === `${encryption11}rsa-oaep`;
  if (!value || !isOaep || oaepHash === undefined || !maskHash.endsWith(`#mgf1${oaepHash}`)) return undefined;
  return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, value);
}

function opened(content: Buffer, secret: Buffer, { name, ivSize }: { name: string; ivSize: number }): Buffer {
  const [iv, rest] = [content.subarray(0, ivSize), content.subarray(ivSize)];
  if (name.endsWith("gcm")) {
    const decipher = createDecipheriv(name as "aes-256-gcm", secret, iv, { authTagLength: tagSize });
    decipher.setAuthTag(rest.subarray(-tagSize));
    return Buffer.concat([decipher.update(rest.subarray(0, -tagSize)), decipher.final()]);
  }
  // The last byte tells how many pad; the others may be anything.
  const decipher = createDecipheriv(name, secret, iv).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(rest), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > 16) throw new Error("The padding is none");
  return padded.subarray(0, -padding);
}

function methodOf(element: XmlElement): XmlElement | undefined {
  return children(element, encryption, "EncryptionMethod")[0];
}

function cipherValue(element: XmlElement): Buffer | undefined {
  const [data] = children(element, encryption, "CipherData");
  const [value] = data ? children(data, encryption, "CipherValue") : [];
  return value && Buffer.from(textOf(value), "base64");
}
