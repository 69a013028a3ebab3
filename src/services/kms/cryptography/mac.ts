import { createHmac } from "node:crypto";
import type { MacAlgorithmSpec } from "@aws-sdk/client-kms";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import type { FoundKey } from "../keys/find.ts";
import { keyToUse } from "./key-use.ts";

/** The members that GenerateMac and VerifyMac share. */
export interface MacInput {
  readonly Message: Uint8Array;
  readonly MacAlgorithm: MacAlgorithmSpec;
}

const hashes: Readonly<Record<MacAlgorithmSpec, string>> = {
  HMAC_SHA_224: "sha224",
  HMAC_SHA_256: "sha256",
  HMAC_SHA_384: "sha384",
  HMAC_SHA_512: "sha512",
};

export function macAccess(call: Call, found: FoundKey, input: MacInput): Need {
  return keyAccess(call, found, { "kms:MacAlgorithm": input.MacAlgorithm });
}

export async function macOf(
  context: Kms,
  found: FoundKey,
  operation: "GenerateMac" | "VerifyMac",
  { MacAlgorithm: algorithm, Message: message }: MacInput,
): Promise<Uint8Array> {
  const key = await keyToUse(context, found, { operation, usage: "GENERATE_VERIFY_MAC", algorithm });
  return createHmac(hashes[algorithm], key).update(message).digest();
}
