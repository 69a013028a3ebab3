import type { KeyObject } from "node:crypto";
import type { MessageType, SigningAlgorithmSpec } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import { validationException } from "../../../model/common-errors.ts";
import type { Need } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { unsupported } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import type { FoundKey } from "../keys/find.ts";
import { keyToUse } from "./key-use.ts";
import { digestLength, type Signed } from "./signatures.ts";

/** The members that Sign and Verify share. */
export interface SigningInput {
  readonly Message: Uint8Array;
  readonly MessageType?: MessageType;
  readonly SigningAlgorithm: SigningAlgorithmSpec;
}

export function signingAccess(call: Call, found: FoundKey, input: SigningInput): Need {
  return keyAccess(call, found, {
    "kms:SigningAlgorithm": input.SigningAlgorithm,
    ...defined({ "kms:MessageType": input.MessageType }),
  });
}

/** The private key, and the message to sign or verify. Refuses in AWS's order: state, usage, algorithm, message. */
export async function signingKey(
  context: Kms,
  found: FoundKey,
  operation: "Sign" | "Verify",
  input: SigningInput,
): Promise<{ readonly key: KeyObject; readonly signed: Signed }> {
  const use = { operation, usage: "SIGN_VERIFY", algorithm: input.SigningAlgorithm } as const;
  const key = await keyToUse(context, found, use);
  return { key, signed: signedMessage(found, input) };
}

function signedMessage({ key }: FoundKey, input: SigningInput): Signed {
  const { SigningAlgorithm: algorithm, MessageType: type = "RAW", Message: bytes } = input;
  if (type === "RAW" && algorithm !== "ED25519_PH_SHA_512") return { algorithm, bytes, isDigest: false };
  const length = type === "DIGEST" ? digestLength(algorithm) : undefined;
  if (length !== undefined) {
    if (bytes.length === length) return { algorithm, bytes, isDigest: true };
    throw validationException(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  if (type === "EXTERNAL_MU" && algorithm === "ML_DSA_SHAKE_256") {
    if (bytes.length !== 64) throw validationException(`External Mu is invalid length for algorithm ${algorithm}.`);
    throw unsupported("MessageType EXTERNAL_MU");
  }
  const what = key.spec === "ECC_NIST_EDWARDS25519" ? `algorithm ${algorithm}` : `key spec ${key.spec}`;
  throw validationException(`Message type ${type} is incompatible with ${what}.`);
}
