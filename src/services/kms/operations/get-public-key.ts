import { createPublicKey } from "node:crypto";
import { GetPublicKeyCommand, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { currentMaterial } from "../cryptography/key-use.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { keySpecMembers } from "../keys/shape.ts";
import { isAsymmetric } from "../keys/spec.ts";
import { refuseUnusable } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html */
export const getPublicKey = operation(GetPublicKeyCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, _input, context) {
    const { key, arn } = found;
    refuseUnusable(found);
    if (!isAsymmetric(key.spec)) {
      const message = `${arn} key spec is ${key.spec} which is not valid for GetPublicKey.`;
      throw new ApiError(UnsupportedOperationException$, message);
    }
    const material = await currentMaterial(context, found);
    return {
      KeyId: arn,
      PublicKey: createPublicKey(material).export({ type: "spki", format: "der" }),
      KeyUsage: key.usage,
      ...keySpecMembers(key),
    };
  },
});
