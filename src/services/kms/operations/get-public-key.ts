import { createPublicKey } from "node:crypto";
import { GetPublicKeyCommand, UnsupportedOperationException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseUnusable } from "../cryptography/key-use.ts";
import { keyAccess, toUse } from "../keys/access.ts";
import { keySpecMembers } from "../keys/key.ts";
import { isAsymmetric } from "../keys/spec.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html */
export const getPublicKey = operation(GetPublicKeyCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "GetPublicKey", input.KeyId, toUse),
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.KeyId);
    const { key, arn } = found;
    refuseUnusable(found);
    if (!isAsymmetric(key.spec)) {
      const message = `${arn} key spec is ${key.spec} which is not valid for GetPublicKey.`;
      throw new ApiError(UnsupportedOperationException$, message);
    }
    const material = await context.keys.material(key, key.materialVersion);
    if (!material) throw new Error(`The material of KMS key ${key.id} is missing`);
    return {
      KeyId: arn,
      PublicKey: createPublicKey(material).export({ type: "spki", format: "der" }),
      KeyUsage: key.usage,
      ...keySpecMembers(key),
    };
  },
});
