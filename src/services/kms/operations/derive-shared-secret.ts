import { diffieHellman } from "node:crypto";
import { DeriveSharedSecretCommand } from "@aws-sdk/client-kms";
import { validationException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { namedCurve } from "../cryptography/key-details.ts";
import { keyToUse, refuseDryRun, refuseRecipient } from "../cryptography/key-use.ts";
import { peerPublicKey } from "../cryptography/peer-public-key.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html */
export const deriveSharedSecret = operation(DeriveSharedSecretCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) => keyAccess(call, found, { "kms:KeyAgreementAlgorithm": input.KeyAgreementAlgorithm }),
  async run(found, input, context, call) {
    refuseRecipient(input.Recipient);
    const { key, arn } = found;
    const { KeyAgreementAlgorithm: algorithm } = input;
    const use = { operation: "DeriveSharedSecret", usage: "KEY_AGREEMENT", algorithm } as const;
    const privateKey = await keyToUse(context, found, use);
    const publicKey = peerPublicKey(input.PublicKey, namedCurve(privateKey));
    // AWS says nothing more.
    if (!publicKey) throw validationException("");
    refuseDryRun(input.DryRun);
    const secret = diffieHellman({ privateKey, publicKey });
    context.store.usages.note(key, "DeriveSharedSecret", call);
    return { KeyId: arn, SharedSecret: secret, KeyAgreementAlgorithm: algorithm, KeyOrigin: key.origin };
  },
});
