import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { operation } from "../../aws/operation.ts";
import type { Sts } from "./index.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity = operation(GetCallerIdentityCommand)({
  access: "authenticated",
  async run(_input, _context: Sts, { principal }) {
    return { UserId: principal.userId, Account: principal.account, Arn: principal.arn };
  },
});
