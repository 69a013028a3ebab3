import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { shownKey } from "../keys/shape.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = operation(DescribeKeyCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, _input, call) => keyAccess(call, found),
  run: async (found, _input, context) => ({ KeyMetadata: await shownKey(context, found) }),
});
