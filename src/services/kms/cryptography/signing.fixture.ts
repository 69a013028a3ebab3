import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  type KeySpec,
  type MessageType,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
} from "@aws-sdk/client-kms";
import { keyAlgorithms } from "../keys/spec.ts";
import type { OpenKms } from "../kms.fixture.ts";

/** The specs of keys that sign. */
export const specs: readonly KeySpec[] = [
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "ECC_NIST_P256",
  "ECC_NIST_P384",
  "ECC_NIST_P521",
  "ECC_SECG_P256K1",
  "ECC_NIST_EDWARDS25519",
  "ML_DSA_44",
  "ML_DSA_65",
  "ML_DSA_87",
];

export const invalid = { name: "KMSInvalidSignatureException" };

export function algorithmsOf(spec: KeySpec): readonly SigningAlgorithmSpec[] {
  return keyAlgorithms(spec, "SIGN_VERIFY")!.SigningAlgorithms!;
}

/** The message itself and its digest, as far as the algorithm takes them. */
export function givenAs(algorithm: SigningAlgorithmSpec, message: Uint8Array): [MessageType, Uint8Array][] {
  const digest = createHash("sha512").update(message).digest();
  if (algorithm === "ED25519_PH_SHA_512") return [["DIGEST", digest]];
  const [, bits] = /^(?:RSA|ECDSA).*SHA_(\d+)$/.exec(algorithm) ?? [];
  if (bits === undefined) return [["RAW", message]];
  return [
    ["RAW", message],
    ["DIGEST", createHash(`sha${bits}`).update(message).digest()],
  ];
}

export function signer({ kms }: Pick<OpenKms, "kms">, KeyId: string, SigningAlgorithm: SigningAlgorithmSpec) {
  return {
    async sign(MessageType: MessageType, Message: Uint8Array) {
      const answer = await kms.send(new SignCommand({ KeyId, SigningAlgorithm, MessageType, Message }));
      assert.equal(answer.SigningAlgorithm, SigningAlgorithm);
      return answer.Signature!;
    },
    verify: (MessageType: MessageType, Message: Uint8Array, Signature: Uint8Array) =>
      kms.send(new VerifyCommand({ KeyId, SigningAlgorithm, MessageType, Message, Signature })),
  };
}
