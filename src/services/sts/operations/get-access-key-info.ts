import { GetAccessKeyInfoCommand } from "@aws-sdk/client-sts";
import { operation } from "../../../model/operation-before.ts";
import { accountOfId } from "../../iam/index.ts";
import type { Sts } from "../context.ts";
import { refuseUserSession, validationError } from "../errors.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html: says nothing of whether the key is there. */
export const getAccessKeyInfo = operation(GetAccessKeyInfoCommand)({
  access(_input, call) {
    refuseUserSession(call, "GetAccessKeyInfo");
    return { action: "sts:GetAccessKeyInfo", resource: "*" };
  },
  async run(input, _context: Sts) {
    const account = accountOfId(input.AccessKeyId);
    if (account === undefined) throw validationError(`The access key ID '${input.AccessKeyId}' names no account`);
    return { Account: account };
  },
});
