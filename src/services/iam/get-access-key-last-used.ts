import { GetAccessKeyLastUsedCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { noSuchAccessKey } from "./errors.ts";
import type { Iam } from "./index.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
export const getAccessKeyLastUsed = operation(GetAccessKeyLastUsedCommand)({
  access: (_input, call) => ({
    action: "iam:GetAccessKeyLastUsed",
    resource: `arn:${call.partition}:iam::${call.account}:user/*`,
  }),
  // When a key is used is not written down: the answer is AWS's for a key that was never used.
  async run(input, { store }: Iam, call) {
    const key = await store.findAccessKey(input.AccessKeyId);
    if (key?.user.account !== call.account) throw noSuchAccessKey(input.AccessKeyId);
    return {
      UserName: key.user.name,
      AccessKeyLastUsed: { LastUsedDate: undefined, ServiceName: "N/A", Region: "N/A" },
    };
  },
});
