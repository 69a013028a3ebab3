import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Principal } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { Sts } from "../context.ts";
import { invalidToken } from "../errors.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no policy can deny it. */
export const getCallerIdentity = operation(GetCallerIdentityCommand)({
  async find(_input, { principal }, { iam }: Sts) {
    const id = idBehindSession(principal);
    return { isGone: id !== undefined && !(await iam.effectivePolicies.find(id)) };
  },
  access: "authenticated",
  async run({ isGone }, _input, _context, { principal }) {
    if (isGone) throw invalidToken();
    return { UserId: principal.userId, Account: principal.account, Arn: principal.arn };
  },
});

/**
 * The id of the user or role that a session was made from and cannot outlive. Callers with an access key exist: the key
 * would be gone with its user.
 */
function idBehindSession({ kind, userId, federatingUser, sessionIssuedAt }: Principal): string | undefined {
  if (sessionIssuedAt === undefined || kind === "root") return undefined;
  return kind === "federated-user" ? federatingUser?.userId : userId.split(":")[0];
}
