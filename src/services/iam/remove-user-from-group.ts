import { NoSuchEntityException$, RemoveUserFromGroupCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../aws/api-error.ts";
import { operation } from "../../aws/operation.ts";
import { onGroup } from "./access.ts";
import { findGroup, findUser } from "./find.ts";
import type { Iam } from "./index.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html */
export const removeUserFromGroup = operation(RemoveUserFromGroupCommand)({
  access: onGroup("iam:RemoveUserFromGroup"),
  async run(input, { store }: Iam, call) {
    const group = await findGroup(store, call, input.GroupName);
    const user = await findUser(store, call, input.UserName);
    if (!(await store.removeMember(group.id, user.id))) {
      throw new ApiError(NoSuchEntityException$, `The user with name ${user.name} is not in the group ${group.name}.`);
    }
    return {};
  },
});
