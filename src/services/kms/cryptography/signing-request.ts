import { type MessageType, type SigningAlgorithmSpec, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { keyAccess, toUse } from "../keys/access.ts";
import type { FoundKey } from "../keys/find.ts";
import { requestedKey } from "./find.ts";
import { keyToUse, refuseUnusable } from "./key-use.ts";
import { digestLength, type Signed } from "./signatures.ts";

/** What Sign and Verify have in common. */
export interface SigningInput {
  readonly KeyId: string;
  readonly Message: Uint8Array;
  readonly MessageType?: MessageType;
  readonly SigningAlgorithm: SigningAlgorithmSpec;
}

export function signingAccess(context: Kms, call: Call, operation: string, input: SigningInput): Promise<Access> {
  return keyAccess(context, call, operation, input.KeyId, toUse, {
    "kms:SigningAlgorithm": input.SigningAlgorithm,
    "kms:MessageType": input.MessageType ?? "RAW",
  });
}

/** The private key and what it is to sign or has signed. Refuses in AWS's order: state, usage, algorithm, message. */
export async function signingKey(context: Kms, call: Call, operation: string, input: SigningInput) {
  const { SigningAlgorithm: algorithm } = input;
  const found = await requestedKey(context, call, input.KeyId);
  refusePrehashed(found, input);
  const key = await keyToUse(context.keys, found, { operation, usage: "SIGN_VERIFY", algorithm });
  return { key, found, signed: signedMessage(found, input) };
}

function signedMessage({ key }: FoundKey, input: SigningInput): Signed {
  const { SigningAlgorithm: algorithm, MessageType: type = "RAW", Message: bytes } = input;
  if (type === "RAW") return { algorithm, bytes, isDigest: false };
  const length = type === "DIGEST" ? digestLength(algorithm) : undefined;
  if (length !== undefined) {
    if (bytes.length === length) return { algorithm, bytes, isDigest: true };
    throw validation(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  if (type === "EXTERNAL_MU" && algorithm === "ML_DSA_SHAKE_256") {
    if (bytes.length !== 64) throw validation(`External Mu is invalid length for algorithm ${algorithm}.`);
    throw new ApiError(UnsupportedOperationException$, "MessageType EXTERNAL_MU is not supported by Sealift");
  }
  const what = algorithm === "ED25519_SHA_512" ? `algorithm ${algorithm}` : `key spec ${key.spec}`;
  throw validation(`Message type ${type} is incompatible with ${what}.`);
}

/** AWS's other algorithm of Ed25519 keys is none of theirs here. */
function refusePrehashed(found: FoundKey, { SigningAlgorithm: algorithm, MessageType: type = "RAW" }: SigningInput) {
  if (algorithm !== "ED25519_PH_SHA_512" || found.key.spec !== "ECC_NIST_EDWARDS25519") return;
  refuseUnusable(found);
  if (type !== "DIGEST") throw validation(`Message type ${type} is incompatible with algorithm ${algorithm}.`);
  throw new ApiError(UnsupportedOperationException$, `SigningAlgorithm ${algorithm} is not supported by Sealift`);
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}
