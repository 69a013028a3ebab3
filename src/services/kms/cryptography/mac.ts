import { createHmac } from "node:crypto";
import type { MacAlgorithmSpec } from "@aws-sdk/client-kms";
import type { Access, Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { keyAccess, toUse } from "../keys/access.ts";
import type { FoundKey } from "../keys/find.ts";
import { requestedKey } from "./find.ts";
import { keyToUse } from "./key-use.ts";

/** What GenerateMac and VerifyMac have in common. */
export interface MacInput {
  readonly KeyId: string;
  readonly Message: Uint8Array;
  readonly MacAlgorithm: MacAlgorithmSpec;
}

const hashes: Readonly<Record<MacAlgorithmSpec, string>> = {
  HMAC_SHA_224: "sha224",
  HMAC_SHA_256: "sha256",
  HMAC_SHA_384: "sha384",
  HMAC_SHA_512: "sha512",
};

export function macAccess(context: Kms, call: Call, operation: string, input: MacInput): Promise<Access> {
  return keyAccess(context, call, operation, input.KeyId, toUse, { "kms:MacAlgorithm": input.MacAlgorithm });
}

export async function macOf(
  context: Kms,
  call: Call,
  operation: string,
  input: MacInput,
): Promise<{ readonly mac: Uint8Array; readonly found: FoundKey }> {
  const { MacAlgorithm: algorithm } = input;
  const found = await requestedKey(context, call, input.KeyId);
  const key = await keyToUse(context.keys, found, { operation, usage: "GENERATE_VERIFY_MAC", algorithm });
  return { mac: createHmac(hashes[algorithm], key).update(input.Message).digest(), found };
}
