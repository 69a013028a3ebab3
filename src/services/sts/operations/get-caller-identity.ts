import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Principal } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Sts } from "../context.ts";
import { invalidToken } from "../errors.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no policy can deny it. */
export const getCallerIdentity = operation(GetCallerIdentityCommand)({
  access: "authenticated",
  async run(_input, { iam }: Sts, { principal }) {
    const id = idBehindSession(principal);
    if (id !== undefined && !(await iam.effectivePolicies.find(id))) throw invalidToken();
    return { UserId: principal.userId, Account: principal.account, Arn: principal.arn };
  },
});

/** Of the user or role that a session cannot outlive. Who signs with an access key is there, as the key is. */
function idBehindSession({ kind, userId, federatingUser, sessionIssuedAt }: Principal): string | undefined {
  if (sessionIssuedAt === undefined || kind === "root") return undefined;
  return kind === "federated-user" ? federatingUser?.userId : userId.split(":")[0];
}
