import type { EncryptionAlgorithmSpec } from "@aws-sdk/client-kms";
import { validationException } from "../../../model/common-errors.ts";
import type { Kms } from "../context.ts";
import { invalidCiphertext } from "../errors.ts";
import type { FoundKey } from "../keys/find.ts";
import {
  type Ciphertext,
  type EncryptionContext,
  openCiphertext,
  parseCiphertext,
  sealCiphertext,
} from "./ciphertext.ts";
import { keyToUse, refuseMissingMaterial, refuseUnfit, type Use } from "./key-use.ts";
import { decryptRsa, encryptRsa, largestPlaintext, type RsaEncryption } from "./rsa-encryption.ts";

export interface EncryptionUse {
  /** KMS's operation, as refusals name it. */
  readonly operation: string;
  readonly algorithm?: EncryptionAlgorithmSpec;
  readonly context?: EncryptionContext | undefined;
  /** The parts of the ciphertext to decrypt, where they are known. */
  readonly parsed?: Ciphertext;
}

type Store = Pick<Kms, "store">;

/** Encrypts under the current material of a key that the caller may use. */
export async function encryptWith(
  store: Store,
  found: FoundKey,
  plaintext: Uint8Array,
  encryption: EncryptionUse,
): Promise<Uint8Array> {
  const { algorithm, context } = refuseContext(encryption);
  const material = await keyToUse(store, found, use(encryption));
  if (!isRsa(algorithm)) return sealCiphertext(found.key, material, plaintext, context);
  const largest = largestPlaintext(algorithm, material);
  if (plaintext.length > largest) {
    throw validationException(
      `Algorithm ${algorithm} and key spec ${found.key.spec} cannot encrypt data larger than ${largest} bytes.`,
    );
  }
  return encryptRsa(material, algorithm, plaintext);
}

/** Decrypts a ciphertext of a key that the caller may use. */
export async function decryptWith(
  store: Store,
  found: FoundKey,
  blob: Uint8Array,
  encryption: EncryptionUse,
): Promise<Uint8Array> {
  const { algorithm, context } = refuseContext(encryption);
  const plaintext = isRsa(algorithm)
    ? decryptRsa(await keyToUse(store, found, use(encryption)), algorithm, blob)
    : await openWith(store, found, blob, { ...encryption, context });
  if (!plaintext) throw invalidCiphertext();
  return plaintext;
}

async function openWith(
  { store }: Store,
  found: FoundKey,
  blob: Uint8Array,
  encryption: EncryptionUse & { readonly context: EncryptionContext },
): Promise<Uint8Array | undefined> {
  refuseUnfit(found, use(encryption));
  const ciphertext = encryption.parsed ?? parseCiphertext(blob);
  if (!ciphertext) return undefined;
  const { materialVersion: version } = ciphertext;
  if (version < 1 || version > found.key.materialVersion) return undefined;
  const material = (await store.materials.find(found.key, version)) ?? (await refuseMissingMaterial({ store }, found));
  return openCiphertext(ciphertext, material, encryption.context);
}

/** The id of the material that made a ciphertext which the key has just decrypted. */
export function usedMaterialId({ store }: Store, { key }: FoundKey, blob: Uint8Array): Promise<string | undefined> {
  return store.materials.idOf(key, parseCiphertext(blob)?.materialVersion ?? key.materialVersion);
}

/** Only symmetric encryption authenticates a context. */
function refuseContext({ algorithm = "SYMMETRIC_DEFAULT", context = {} }: EncryptionUse) {
  if (algorithm !== "SYMMETRIC_DEFAULT" && Object.keys(context).length > 0) {
    throw validationException("EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.");
  }
  return { algorithm, context };
}

function use({ operation, algorithm = "SYMMETRIC_DEFAULT" }: EncryptionUse): Use {
  return { operation, usage: "ENCRYPT_DECRYPT", algorithm };
}

function isRsa(algorithm: EncryptionAlgorithmSpec): algorithm is RsaEncryption {
  return algorithm === "RSAES_OAEP_SHA_1" || algorithm === "RSAES_OAEP_SHA_256";
}
