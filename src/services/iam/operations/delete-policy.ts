import { DeleteConflictException$, DeletePolicyCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { onPolicyToChange } from "../policies/access.ts";
import { findPolicy, unchangedPolicy } from "../policies/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy = operation(DeletePolicyCommand)({
  find: findPolicy,
  access: onPolicyToChange,
  async run(found, _input, { store }, call) {
    await store.transaction(async (store) => {
      const { arn } = await unchangedPolicy(store, found);
      const { attachments, boundaries } = await store.attachments.countEntities(call.account, arn);
      if (attachments + boundaries > 0) {
        throw new ApiError(DeleteConflictException$, "Cannot delete a policy attached to entities.");
      }
      if ((await store.policies.listVersions(arn)).length > 1) {
        throw new ApiError(
          DeleteConflictException$,
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      }
      await store.policies.delete(arn);
    });
    return {};
  },
});
