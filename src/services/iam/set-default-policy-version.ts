import { SetDefaultPolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onPolicyToChange } from "./access.ts";
import { wholeSeconds } from "./entity.ts";
import { findPolicy, findPolicyVersion } from "./find.ts";
import type { Iam } from "./index.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion = operation(SetDefaultPolicyVersionCommand)({
  access: onPolicyToChange("iam:SetDefaultPolicyVersion"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const policy = await findPolicy(store, call, input.PolicyArn);
      const { version } = await findPolicyVersion(store, policy, input.VersionId);
      const { latestVersion } = policy;
      await store.updatePolicy(policy.arn, {
        defaultVersion: version,
        latestVersion,
        updatedAt: wholeSeconds(call.time),
      });
    });
    return {};
  },
});
