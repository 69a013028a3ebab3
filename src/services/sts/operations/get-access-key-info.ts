import { GetAccessKeyInfoCommand } from "@aws-sdk/client-sts";
import { validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import { accountOfId } from "../../iam/index.ts";
import type { Sts } from "../context.ts";
import { refuseUserSession } from "../errors.ts";

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html: the id itself holds the account, so the
 * answer does not say that the key exists.
 */
export const getAccessKeyInfo = operation(GetAccessKeyInfoCommand)({
  find: (_input, call) => refuseUserSession(call, "GetAccessKeyInfo"),
  access: () => ({ resource: "*" }),
  async run(_found, input, _context: Sts) {
    const account = accountOfId(input.AccessKeyId);
    if (account === undefined) throw validationError(`The access key ID '${input.AccessKeyId}' names no account`);
    return { Account: account };
  },
});
