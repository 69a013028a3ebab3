import { DeleteConflictException$, DeletePolicyCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicyToChange } from "../entities/access.ts";
import { findPolicy } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy = operation(DeletePolicyCommand)({
  access: onPolicyToChange("iam:DeletePolicy"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { arn } = await findPolicy(store, call, input.PolicyArn);
      const { attachments, boundaries } = await store.countUsers(call.account, arn);
      if (attachments + boundaries > 0) {
        throw new ApiError(DeleteConflictException$, "Cannot delete a policy attached to entities.");
      }
      if ((await store.listPolicyVersions(arn)).length > 1) {
        throw new ApiError(
          DeleteConflictException$,
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      }
      await store.deletePolicy(arn);
    });
    return {};
  },
});
