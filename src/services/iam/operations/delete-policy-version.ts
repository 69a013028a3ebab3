import { DeleteConflictException$, DeletePolicyVersionCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicyToChange } from "../entities/access.ts";
import { findPolicyVersion } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion = operation(DeletePolicyVersionCommand)({
  access: onPolicyToChange("iam:DeletePolicyVersion"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { policy, version } = await findPolicyVersion(store, call, input);
      if (version.version === policy.defaultVersion) {
        throw new ApiError(DeleteConflictException$, "Cannot delete the default version of a policy.");
      }
      await store.deletePolicyVersion(policy.arn, version.version);
    });
    return {};
  },
});
