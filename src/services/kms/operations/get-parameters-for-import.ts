import { GetParametersForImportCommand, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { newKeyPair } from "../materials/new-material.ts";
import { wrongOrigin } from "../materials/rotation-rules.ts";
import { wrappingProblem } from "../materials/wrapped-material.ts";

/** Milliseconds that an import token is valid. */
const validity = 24 * 60 * 60 * 1000;

/**
 * Each request has a wrapping key of its own, which the import token holds: nothing is stored.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html
 */
export const getParametersForImport = operation(GetParametersForImportCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "GetParametersForImport", input.KeyId, toChange, {
      "kms:WrappingAlgorithm": input.WrappingAlgorithm,
      "kms:WrappingKeySpec": input.WrappingKeySpec,
    }),
  async run(input, context, call) {
    const { WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKeySpec } = input;
    const found = await requestedKey(context, call, input.KeyId);
    if (found.key.origin !== "EXTERNAL") throw wrongOrigin(found);
    refusePendingDeletion(found);
    const problem = wrappingProblem(found.key.spec, algorithm, wrappingKeySpec);
    if (problem !== undefined || wrappingKeySpec === "SM2")
      throw new ApiError(UnsupportedOperationException$, problem!);
    const { publicKey, privateKey } = await newKeyPair(wrappingKeySpec);
    const validTo = new Date(call.time.getTime() + validity);
    const token = context.keys.importTokens.seal(found.key, { validTo, algorithm, privateKey });
    privateKey.fill(0);
    return { KeyId: found.arn, ImportToken: token, PublicKey: publicKey, ParametersValidTo: validTo };
  },
});
