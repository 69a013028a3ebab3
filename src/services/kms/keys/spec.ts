import type { KeyMetadata, KeySpec, KeyUsageType } from "@aws-sdk/client-kms";

/** The material of a key: random bytes, or the private key of a pair that `node:crypto` makes. */
export type MaterialKind =
  | { readonly type: "secret"; readonly bytes: number }
  | { readonly type: "rsa"; readonly modulusLength: number }
  | { readonly type: "ec"; readonly namedCurve: string }
  | { readonly type: "ed25519" | MlDsa | MlKem };

type MlDsa = "ml-dsa-44" | "ml-dsa-65" | "ml-dsa-87";
type MlKem = "ml-kem-512" | "ml-kem-768" | "ml-kem-1024";

/** The members of an answer that show a key's algorithms. A key has one of them, by its usage. */
export type Algorithms = {
  [Name in
    | "EncryptionAlgorithms"
    | "SigningAlgorithms"
    | "MacAlgorithms"
    | "KeyAgreementAlgorithms"
    | "EncapsulationAlgorithms"]?: NonNullable<KeyMetadata[Name]>;
};

interface SpecRules {
  readonly material: MaterialKind;
  /** The usages that keys of the spec can have. */
  readonly algorithms: Readonly<Partial<Record<KeyUsageType, Algorithms>>>;
}

function hmac(bits: 224 | 256 | 384 | 512): SpecRules {
  return {
    material: { type: "secret", bytes: bits / 8 },
    algorithms: { GENERATE_VERIFY_MAC: { MacAlgorithms: [`HMAC_SHA_${bits}`] } },
  };
}

function rsa(modulusLength: number): SpecRules {
  return {
    material: { type: "rsa", modulusLength },
    algorithms: {
      ENCRYPT_DECRYPT: { EncryptionAlgorithms: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] },
      SIGN_VERIFY: {
        SigningAlgorithms: [
          "RSASSA_PKCS1_V1_5_SHA_256",
          "RSASSA_PKCS1_V1_5_SHA_384",
          "RSASSA_PKCS1_V1_5_SHA_512",
          "RSASSA_PSS_SHA_256",
          "RSASSA_PSS_SHA_384",
          "RSASSA_PSS_SHA_512",
        ],
      },
    },
  };
}

function ec(namedCurve: string, hash: 256 | 384 | 512): SpecRules {
  return {
    material: { type: "ec", namedCurve },
    algorithms: { SIGN_VERIFY: { SigningAlgorithms: [`ECDSA_SHA_${hash}`] } },
  };
}

function nistCurve(namedCurve: string, hash: 256 | 384 | 512): SpecRules {
  const { material, algorithms } = ec(namedCurve, hash);
  return { material, algorithms: { ...algorithms, KEY_AGREEMENT: { KeyAgreementAlgorithms: ["ECDH"] } } };
}

function mlDsa(type: MlDsa): SpecRules {
  return { material: { type }, algorithms: { SIGN_VERIFY: { SigningAlgorithms: ["ML_DSA_SHAKE_256"] } } };
}

function mlKem(type: MlKem): SpecRules {
  return { material: { type }, algorithms: { ENCAPSULATE_DECAPSULATE: { EncapsulationAlgorithms: ["ML_KEM"] } } };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const specs: Readonly<Partial<Record<KeySpec, SpecRules>>> = {
  SYMMETRIC_DEFAULT: {
    material: { type: "secret", bytes: 32 },
    algorithms: { ENCRYPT_DECRYPT: { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] } },
  },
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: nistCurve("prime256v1", 256),
  ECC_NIST_P384: nistCurve("secp384r1", 384),
  ECC_NIST_P521: nistCurve("secp521r1", 512),
  ECC_SECG_P256K1: ec("secp256k1", 256),
  ECC_NIST_EDWARDS25519: {
    material: { type: "ed25519" },
    algorithms: { SIGN_VERIFY: { SigningAlgorithms: ["ED25519_SHA_512", "ED25519_PH_SHA_512"] } },
  },
  ML_DSA_44: mlDsa("ml-dsa-44"),
  ML_DSA_65: mlDsa("ml-dsa-65"),
  ML_DSA_87: mlDsa("ml-dsa-87"),
  ML_KEM_512: mlKem("ml-kem-512"),
  ML_KEM_768: mlKem("ml-kem-768"),
  ML_KEM_1024: mlKem("ml-kem-1024"),
};

/** The spec's kind of material, or `undefined` where keys of that spec cannot be made here. */
export function materialKind(spec: KeySpec): MaterialKind | undefined {
  return specs[spec]?.material;
}

/** The algorithms of a key, or `undefined` where keys of that spec cannot have that usage. */
export function keyAlgorithms(spec: KeySpec, usage: KeyUsageType): Algorithms | undefined {
  return specs[spec]?.algorithms[usage];
}

/** `true` if a key of that spec and usage works with the algorithm. */
export function supportsAlgorithm(spec: KeySpec, usage: KeyUsageType, algorithm: string): boolean {
  const algorithms: Readonly<Record<string, readonly string[]>> = keyAlgorithms(spec, usage) ?? {};
  return Object.values(algorithms).some((names) => names.includes(algorithm));
}

/** `true` if keys of the spec are pairs with a public half. */
export function isAsymmetric(spec: KeySpec): boolean {
  return materialKind(spec)?.type !== "secret";
}
