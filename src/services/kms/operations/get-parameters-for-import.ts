import { GetParametersForImportCommand, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { refusePendingDeletion } from "../keys/state.ts";
import { wrongOrigin } from "../materials/rotation-rules.ts";
import { wrappingProblem } from "../materials/wrapped-material.ts";
import { day } from "../store-parts.ts";

/** Milliseconds that an import token is valid. */
const validity = day;

/**
 * Each request has a wrapping key of its own, which the import token holds: nothing is stored.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html
 */
export const getParametersForImport = operation(GetParametersForImportCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "GetParametersForImport" }),
  access: (found, input, call) =>
    keyAccess(call, found, {
      "kms:WrappingAlgorithm": input.WrappingAlgorithm,
      "kms:WrappingKeySpec": input.WrappingKeySpec,
    }),
  async run(found, input, { store }, call) {
    const { key, arn } = found;
    const { WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKeySpec } = input;
    if (key.origin !== "EXTERNAL") throw wrongOrigin(found);
    refusePendingDeletion(found);
    const problem = wrappingProblem(key.spec, algorithm, wrappingKeySpec);
    if (problem !== undefined) throw new ApiError(UnsupportedOperationException$, problem);
    const { publicKey, privateKey } = await store.newKeyPair(wrappingKeySpec);
    const validTo = new Date(call.time.getTime() + validity);
    const token = store.imports.tokens.seal(key, { validTo, algorithm, privateKey });
    privateKey.fill(0);
    return { KeyId: arn, ImportToken: token, PublicKey: publicKey, ParametersValidTo: validTo };
  },
});
