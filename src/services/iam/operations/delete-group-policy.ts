import { DeleteGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onGroup } from "../access.ts";
import type { Iam } from "../context.ts";
import { findGroup } from "../find.ts";
import { deleteInlinePolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html */
export const deleteGroupPolicy = operation(DeleteGroupPolicyCommand)({
  access: onGroup("iam:DeleteGroupPolicy"),
  async run(input, { store }: Iam, call) {
    await deleteInlinePolicy(store, await findGroup(store, call, input.GroupName), input.PolicyName);
    return {};
  },
});
