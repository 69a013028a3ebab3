import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toUse } from "../keys/access.ts";
import { describeFoundKey } from "../keys/shape.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = operation(DescribeKeyCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "DescribeKey", input.KeyId, toUse),
  async run(input, context, call) {
    return { KeyMetadata: await describeFoundKey(context, await requestedKey(context, call, input.KeyId)) };
  },
});
