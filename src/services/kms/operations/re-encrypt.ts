import { ReEncryptCommand } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { findCiphertext, refuseMisfit } from "../cryptography/ciphertext-request.ts";
import { decryptWith, encryptWith, usedMaterialId } from "../cryptography/encrypt-with.ts";
import { dryRunSucceeded, refuseDryRun } from "../cryptography/key-use.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";
import { findKey } from "../keys/find.ts";
import { refuseUnusable } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export const reEncrypt = operation(ReEncryptCommand)({
  async find(input, call, context: Kms) {
    const { SourceKeyId: keyId, SourceEncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    const ciphertext = await findCiphertext(context, call, input, { member: "SourceKeyId", keyId, algorithm });
    return { ciphertext, destination: await findKey(context, call, input.DestinationKeyId) };
  },
  access({ ciphertext, destination }, input, call) {
    const { found: source } = ciphertext;
    const onSameKey = { "kms:ReEncryptOnSameKey": String(source.key.id === destination.key.id) };
    const from = encryptionConditions(input.SourceEncryptionContext, input.SourceEncryptionAlgorithm);
    const to = encryptionConditions(input.DestinationEncryptionContext, input.DestinationEncryptionAlgorithm);
    return [
      { ...keyAccess(call, source, { ...from, ...onSameKey }), action: "kms:ReEncryptFrom" },
      { ...keyAccess(call, destination, { ...to, ...onSameKey }), action: "kms:ReEncryptTo" },
    ];
  },
  async run({ ciphertext, destination }, input, context, call) {
    const { found: source, blob } = ciphertext;
    const { SourceEncryptionAlgorithm: sourceAlgorithm = "SYMMETRIC_DEFAULT" } = input;
    const { DestinationEncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    if (!blob) {
      refuseUnusable(source);
      refuseUnusable(destination);
      throw dryRunSucceeded();
    }
    refuseMisfit(ciphertext);
    const plaintext = await decryptWith(context, source, blob, {
      operation: "ReEncrypt",
      algorithm: sourceAlgorithm,
      context: input.SourceEncryptionContext,
    });
    try {
      const moved = await encryptWith(context, destination, plaintext, {
        operation: "ReEncrypt",
        algorithm,
        context: input.DestinationEncryptionContext,
      });
      refuseDryRun(input.DryRun);
      const sourceMaterialId = await usedMaterialId(context, source, blob);
      for (const { key } of [source, destination]) context.store.usages.note(key, "ReEncrypt", call);
      return {
        CiphertextBlob: moved,
        SourceKeyId: source.arn,
        KeyId: destination.arn,
        SourceEncryptionAlgorithm: sourceAlgorithm,
        DestinationEncryptionAlgorithm: algorithm,
        ...defined({
          SourceKeyMaterialId: sourceMaterialId,
          DestinationKeyMaterialId: destination.key.materialId,
        }),
      };
    } finally {
      plaintext.fill(0);
    }
  },
});
