import { GetUserCommand, type User } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUserOrRoot } from "../entities/find.ts";
import { userShape } from "../entities/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser = operation(GetUserCommand)({
  find: findUserOrRoot,
  access: (found, input, call) => (found ? onEntity(found, input, call) : { resource: call.principal.arn }),
  async run(found, _input, _context, call) {
    // The root user has neither name nor path; AWS leaves them out.
    if (!found) return { User: { UserId: call.account, Arn: call.principal.arn } as User };
    return { User: userShape(call, existing(found)) };
  },
});
