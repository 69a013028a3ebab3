import type { EncryptionAlgorithmSpec } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { type FoundKey, invalidCiphertext } from "../keys/find.ts";
import type { Keys } from "../store.ts";
import { type EncryptionContext, openCiphertext, parseCiphertext, sealCiphertext } from "./ciphertext.ts";
import { keyToUse, refuseUnfit, type Use } from "./key-use.ts";
import { decryptRsa, encryptRsa, largestPlaintext, type RsaEncryption } from "./rsa-encryption.ts";

/** How something is to be encrypted, or was. */
export interface EncryptionUse {
  /** KMS's operation, as it is named in refusals. */
  readonly operation: string;
  readonly algorithm?: EncryptionAlgorithmSpec;
  readonly context?: EncryptionContext | undefined;
}

/** Encrypts under the key's current material; the caller has been allowed to. */
export async function encryptWith(
  keys: Keys,
  found: FoundKey,
  plaintext: Uint8Array,
  encryption: EncryptionUse,
): Promise<Uint8Array> {
  const { algorithm, context } = refuseContext(encryption);
  const material = await keyToUse(keys, found, use(encryption));
  if (!isRsa(algorithm)) return sealCiphertext(found.key, material, plaintext, context);
  const largest = largestPlaintext(algorithm, material.asymmetricKeyDetails!.modulusLength!);
  if (plaintext.length > largest) {
    throw validation(
      `Algorithm ${algorithm} and key spec ${found.key.spec} cannot encrypt data larger than ${largest} bytes.`,
    );
  }
  return encryptRsa(material, algorithm, plaintext);
}

/** Decrypts what the key encrypted; the caller has been allowed to. */
export async function decryptWith(
  keys: Keys,
  found: FoundKey,
  blob: Uint8Array,
  encryption: EncryptionUse,
): Promise<Uint8Array> {
  const { algorithm, context } = refuseContext(encryption);
  const plaintext = isRsa(algorithm)
    ? decryptRsa(await keyToUse(keys, found, use(encryption)), algorithm, blob)
    : await openWith(keys, found, blob, { ...encryption, context });
  if (!plaintext) throw invalidCiphertext();
  return plaintext;
}

async function openWith(
  keys: Keys,
  found: FoundKey,
  blob: Uint8Array,
  encryption: EncryptionUse & { readonly context: EncryptionContext },
): Promise<Uint8Array | undefined> {
  refuseUnfit(found, use(encryption));
  const ciphertext = parseCiphertext(blob);
  const material = ciphertext && (await keys.material(found.key, ciphertext.materialVersion));
  return material && openCiphertext(ciphertext, material, encryption.context);
}

/** Refuses to take a context for an algorithm that does not authenticate one. */
function refuseContext({ algorithm = "SYMMETRIC_DEFAULT", context = {} }: EncryptionUse) {
  if (algorithm !== "SYMMETRIC_DEFAULT" && Object.keys(context).length > 0) {
    throw validation("EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.");
  }
  return { algorithm, context };
}

function use({ operation, algorithm = "SYMMETRIC_DEFAULT" }: EncryptionUse): Use {
  return { operation, usage: "ENCRYPT_DECRYPT", algorithm };
}

function isRsa(algorithm: EncryptionAlgorithmSpec): algorithm is RsaEncryption {
  return algorithm === "RSAES_OAEP_SHA_1" || algorithm === "RSAES_OAEP_SHA_256";
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}
