import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import {
  type AlgorithmSpec,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type KMSClient,
  type WrappingKeySpec,
} from "@aws-sdk/client-kms";

/** Wraps material as who imports it does, under a public key in DER. */
export function wrap(publicKey: Uint8Array, algorithm: AlgorithmSpec, material: Uint8Array): Uint8Array {
  const oaepHash = algorithm.endsWith("SHA_1") ? "sha1" : "sha256";
  const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  const encrypt = (bytes: Uint8Array) =>
    publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
  if (algorithm.startsWith("RSAES_OAEP")) return encrypt(material);
  const aesKey = randomBytes(32);
  const cipher = createCipheriv("id-aes256-wrap-pad", aesKey, Buffer.from("a65959a6", "hex"));
  return Buffer.concat([encrypt(aesKey), cipher.update(material), cipher.final()]);
}

export interface Wrapping {
  readonly algorithm?: AlgorithmSpec;
  readonly wrappingKeySpec?: WrappingKeySpec;
}

/** The members of an import of that material, as a new wrapping key and its token make them. */
export async function wrappedFor(
  kms: KMSClient,
  KeyId: string,
  material: Uint8Array,
  { algorithm = "RSAES_OAEP_SHA_256", wrappingKeySpec = "RSA_2048" }: Wrapping = {},
) {
  const command = { KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKeySpec };
  const parameters = await kms.send(new GetParametersForImportCommand(command));
  return {
    KeyId,
    ImportToken: parameters.ImportToken!,
    EncryptedKeyMaterial: wrap(parameters.PublicKey!, algorithm, material),
  };
}

/** Imports material that does not expire, unless `input` says so. */
export async function importMaterial(
  kms: KMSClient,
  keyId: string,
  material: Uint8Array,
  { algorithm, wrappingKeySpec, ...input }: Partial<ImportKeyMaterialCommandInput> & Wrapping = {},
) {
  const wrapping = { ...(algorithm && { algorithm }), ...(wrappingKeySpec && { wrappingKeySpec }) };
  const wrapped = await wrappedFor(kms, keyId, material, wrapping);
  const model = input.ValidTo ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE";
  return kms.send(new ImportKeyMaterialCommand({ ...wrapped, ExpirationModel: model, ...input }));
}
