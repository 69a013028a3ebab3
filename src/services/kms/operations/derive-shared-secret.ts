import { diffieHellman } from "node:crypto";
import { DeriveSharedSecretCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyToUse, refuseDryRun, refuseRecipient } from "../cryptography/key-use.ts";
import { peerPublicKey } from "../cryptography/peer-public-key.ts";
import { keyAccess, toUse } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html */
export const deriveSharedSecret = operation(DeriveSharedSecretCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "DeriveSharedSecret", input.KeyId, toUse, {
      "kms:KeyAgreementAlgorithm": input.KeyAgreementAlgorithm,
    }),
  async run(input, context, call) {
    refuseRecipient(input.Recipient);
    const found = await requestedKey(context, call, input.KeyId);
    const privateKey = await keyToUse(context.keys, found, {
      operation: "DeriveSharedSecret",
      usage: "KEY_AGREEMENT",
      algorithm: input.KeyAgreementAlgorithm,
    });
    const publicKey = peerPublicKey(input.PublicKey, privateKey.asymmetricKeyDetails!.namedCurve!);
    if (!publicKey) {
      throw new ApiError(
        { code: "ValidationException", status: 400 },
        `PublicKey is not a DER-encoded X.509 public key of key spec ${found.key.spec}.`,
      );
    }
    refuseDryRun(input.DryRun);
    return {
      KeyId: found.arn,
      SharedSecret: diffieHellman({ privateKey, publicKey }),
      KeyAgreementAlgorithm: input.KeyAgreementAlgorithm,
      KeyOrigin: found.key.origin,
    };
  },
});
