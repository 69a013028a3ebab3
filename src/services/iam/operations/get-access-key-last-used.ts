import { GetAccessKeyLastUsedCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { accessDenied } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
export const getAccessKeyLastUsed = operation(GetAccessKeyLastUsedCommand)({
  access: (_input, call) => ({
    action: "iam:GetAccessKeyLastUsed",
    resource: `arn:${call.partition}:iam::${call.account}:user/*`,
  }),
  async run(input, { store }: Iam, call) {
    const key = await store.findAccessKey(input.AccessKeyId);
    if (key?.user.account !== call.account) {
      const attempt = "perform iam:GetAccessKeyLastUsed on resource";
      throw accessDenied(
        `User: ${call.principal.arn} is not authorized to ${attempt}: access key ${input.AccessKeyId}`,
      );
    }
    const use = (await store.findUses([input.AccessKeyId])).get(input.AccessKeyId);
    return {
      UserName: key.user.name,
      AccessKeyLastUsed: {
        LastUsedDate: use && wholeSeconds(use.usedAt),
        ServiceName: use?.service ?? "N/A",
        Region: use?.region ?? "N/A",
      },
    };
  },
});
