import { DeleteGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup } from "../entities/find.ts";
import { deleteInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html */
export const deleteGroupPolicy = operation(DeleteGroupPolicyCommand)({
  access: onGroup("iam:DeleteGroupPolicy"),
  async run(input, { store }: Iam, call) {
    await deleteInlinePolicy(store, await findGroup(store, call, input.GroupName), input.PolicyName);
    return {};
  },
});
