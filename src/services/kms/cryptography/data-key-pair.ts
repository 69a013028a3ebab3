import { type DataKeyPairSpec, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import type { Kms } from "../context.ts";
import { encryptionConditions, keyAccess, toUse } from "../keys/access.ts";
import type { FoundKey } from "../keys/find.ts";
import { materialKind } from "../keys/spec.ts";
import { type KeyPair, newKeyPair } from "../materials/new-material.ts";
import type { EncryptionContext } from "./ciphertext.ts";
import { refuseAsymmetric } from "./data-key.ts";
import { encryptWith } from "./encrypt-with.ts";
import { requestedKey } from "./find.ts";
import { refuseDryRun, refuseUnfit } from "./key-use.ts";

/** What both ways to ask for a data key pair have in common. */
export interface DataKeyPairInput {
  readonly KeyId: string;
  readonly KeyPairSpec: DataKeyPairSpec;
  readonly EncryptionContext?: EncryptionContext;
  readonly DryRun?: boolean;
}

export function dataKeyPairAccess(
  context: Kms,
  call: Call,
  operation: string,
  input: DataKeyPairInput,
): Promise<Access> {
  return keyAccess(context, call, operation, input.KeyId, toUse, {
    ...encryptionConditions(input.EncryptionContext),
    "kms:DataKeyPairSpec": input.KeyPairSpec,
  });
}

/** A new key pair, its private key in clear and encrypted. A dry run ends before one is made. */
export async function makeDataKeyPair(
  context: Kms,
  call: Call,
  operation: string,
  input: DataKeyPairInput,
): Promise<{ readonly pair: KeyPair; readonly ciphertext: Uint8Array; readonly found: FoundKey }> {
  const found = await requestedKey(context, call, input.KeyId);
  refuseAsymmetric(found);
  refuseUnfit(found, { operation, usage: "ENCRYPT_DECRYPT", algorithm: "SYMMETRIC_DEFAULT" });
  if (!materialKind(input.KeyPairSpec)) {
    const message = `KeyPairSpec ${input.KeyPairSpec} is not supported by Sealift`;
    throw new ApiError(UnsupportedOperationException$, message);
  }
  refuseDryRun(input.DryRun);
  const pair = await newKeyPair(input.KeyPairSpec);
  const ciphertext = await encryptWith(context.keys, found, pair.privateKey, {
    operation,
    context: input.EncryptionContext,
  });
  return { pair, ciphertext, found };
}
