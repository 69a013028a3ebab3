import type { User } from "@aws-sdk/client-iam";
import { GetUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { isRootItself, onUser, userNameOf } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { userShape } from "../entities/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser = operation(GetUserCommand)({
  access: (input, call, context: Iam) =>
    isRootItself(input, call)
      ? { action: "iam:GetUser", resource: call.principal.arn }
      : onUser("iam:GetUser")(input, call, context),
  async run(input, { store }, call) {
    // The root user has neither name nor path; AWS leaves them out.
    if (isRootItself(input, call)) return { User: { UserId: call.account, Arn: call.principal.arn } as User };
    return { User: userShape(call, await findUser(store, call, userNameOf(input, call))) };
  },
});
