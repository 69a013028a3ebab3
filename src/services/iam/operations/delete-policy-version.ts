import { DeleteConflictException$, DeletePolicyVersionCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { onPolicyToChange } from "../policies/access.ts";
import { findPolicy, unchangedVersion } from "../policies/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion = operation(DeletePolicyVersionCommand)({
  find: findPolicy,
  access: onPolicyToChange,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const { policy, version } = await unchangedVersion(store, found, input.VersionId);
      if (version.version === policy.defaultVersion) {
        throw new ApiError(DeleteConflictException$, "Cannot delete the default version of a policy.");
      }
      await store.policies.deleteVersion(policy.arn, version.version);
    });
    return {};
  },
});
