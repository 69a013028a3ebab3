import { GetAccessKeyLastUsedCommand } from "@aws-sdk/client-iam";
import { accessDenied } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { entityArn } from "../entities/entity.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
export const getAccessKeyLastUsed = operation(GetAccessKeyLastUsedCommand)({
  access: (_found, _input, call) => ({ resource: entityArn(call, "user", "/", "*") }),
  async run(_found, { AccessKeyId: id }, { store }: Iam, call) {
    const key = await store.accessKeys.find(id);
    if (key?.user.account !== call.account) {
      const attempt = "perform iam:GetAccessKeyLastUsed on resource";
      throw accessDenied(`User: ${call.principal.arn} is not authorized to ${attempt}: access key ${id}`);
    }
    const use = (await store.uses.find([id])).get(id);
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
