import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import type { Kms } from "./index.ts";
import { keyMetadata } from "./key.ts";
import { keyAccess, toUse } from "./key-access.ts";
import { requestedKey } from "./requested-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = operation(DescribeKeyCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "DescribeKey", input.KeyId, toUse),
  async run(input, context, call) {
    const { key, arn } = await requestedKey(context, call, input.KeyId);
    return { KeyMetadata: keyMetadata(key, arn) };
  },
});
