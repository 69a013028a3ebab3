import { ReEncryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { ignoresCiphertext, requestCiphertext, requiredKeyId } from "./ciphertext-input.ts";
import type { Kms } from "./index.ts";
import { accessToKey, encryptionConditions, keyAccess, toUse } from "./key-access.ts";
import { ciphertextKey, requestedKey } from "./requested-key.ts";
import { decryptWith, encryptWith, refuseDryRun, refuseOptions, refuseUnusable } from "./use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export const reEncrypt = operation(ReEncryptCommand)({
  async access(input, call, context: Kms) {
    const { DestinationKeyId: destinationKeyId } = input;
    const withoutBlob = ignoresCiphertext(input);
    const blob = withoutBlob ? new Uint8Array() : requestCiphertext(input);
    const sourceKeyId = withoutBlob ? requiredKeyId("SourceKeyId", input.SourceKeyId) : input.SourceKeyId;
    const source = await (sourceKeyId === undefined
      ? ciphertextKey(context, call, blob)
      : requestedKey(context, call, sourceKeyId));
    const destination = await requestedKey(context, call, destinationKeyId);
    const onSameKey = { "kms:ReEncryptOnSameKey": String(source.key.id === destination.key.id) };
    return [
      accessToKey(call, "ReEncryptFrom", source, {
        ...encryptionConditions(input.SourceEncryptionContext),
        ...onSameKey,
      }),
      await keyAccess(context, call, "ReEncryptTo", destinationKeyId, toUse, {
        ...encryptionConditions(input.DestinationEncryptionContext),
        ...onSameKey,
      }),
    ];
  },
  async run(input, context, call) {
    refuseOptions({ algorithms: [input.SourceEncryptionAlgorithm, input.DestinationEncryptionAlgorithm] });
    if (ignoresCiphertext(input)) {
      for (const keyId of [input.SourceKeyId!, input.DestinationKeyId]) {
        refuseUnusable(await requestedKey(context, call, keyId));
      }
      refuseDryRun(true);
    }
    const blob = requestCiphertext(input);
    const source = await ciphertextKey(context, call, blob, input.SourceKeyId);
    const destination = await requestedKey(context, call, input.DestinationKeyId);
    const plaintext = await decryptWith(context.keys, source, blob, input.SourceEncryptionContext);
    const ciphertext = await encryptWith(context.keys, destination, plaintext, input.DestinationEncryptionContext);
    plaintext.fill(0);
    refuseDryRun(input.DryRun);
    return {
      CiphertextBlob: ciphertext,
      SourceKeyId: source.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      DestinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    };
  },
});
