import type { DataKeyPairSpec } from "@aws-sdk/client-kms";
import type { Call } from "../../../model/call.ts";
import type { Need } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { unsupported } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";
import type { FoundKey } from "../keys/find.ts";
import { materialKind } from "../keys/spec.ts";
import type { KeyPair } from "../materials/new-material.ts";
import type { EncryptionContext } from "./ciphertext.ts";
import { refuseAsymmetric } from "./data-key.ts";
import { encryptWith } from "./encrypt-with.ts";
import { refuseDryRun, refuseUnfit } from "./key-use.ts";

/** The members that GenerateDataKeyPair and GenerateDataKeyPairWithoutPlaintext share. */
export interface DataKeyPairInput {
  readonly KeyPairSpec: DataKeyPairSpec;
  readonly EncryptionContext?: EncryptionContext;
  readonly DryRun?: boolean;
}

export function dataKeyPairAccess(call: Call, found: FoundKey, input: DataKeyPairInput): Need {
  return keyAccess(call, found, {
    ...encryptionConditions(input.EncryptionContext),
    "kms:DataKeyPairSpec": input.KeyPairSpec,
  });
}

/** A new key pair, its private key in clear and encrypted. A dry run ends before one is made. */
export async function makeDataKeyPair(
  context: Kms,
  found: FoundKey,
  operation: "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext",
  input: DataKeyPairInput,
): Promise<{ readonly pair: KeyPair; readonly ciphertext: Uint8Array }> {
  refuseAsymmetric(found);
  refuseUnfit(found, { operation, usage: "ENCRYPT_DECRYPT", algorithm: "SYMMETRIC_DEFAULT" });
  if (!materialKind(input.KeyPairSpec)) throw unsupported(`KeyPairSpec ${input.KeyPairSpec}`);
  refuseDryRun(input.DryRun);
  const pair = await context.store.newKeyPair(input.KeyPairSpec);
  const encryption = { operation, context: input.EncryptionContext };
  return { pair, ciphertext: await encryptWith(context, found, pair.privateKey, encryption) };
}
