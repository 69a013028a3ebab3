import { SetDefaultPolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPolicyToChange } from "../policies/access.ts";
import { findPolicy, unchangedVersion } from "../policies/find.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion = operation(SetDefaultPolicyVersionCommand)({
  find: findPolicy,
  access: onPolicyToChange,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const { policy, version } = await unchangedVersion(store, found, input.VersionId);
      await store.policies.update(policy.arn, {
        defaultVersion: version.version,
        latestVersion: policy.latestVersion,
        updatedAt: wholeSeconds(call.time),
      });
    });
    return {};
  },
});
