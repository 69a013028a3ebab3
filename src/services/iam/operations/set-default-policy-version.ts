import { SetDefaultPolicyVersionCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicyToChange } from "../entities/access.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { findPolicyVersion } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion = operation(SetDefaultPolicyVersionCommand)({
  access: onPolicyToChange("iam:SetDefaultPolicyVersion"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { policy, version } = await findPolicyVersion(store, call, input);
      await store.updatePolicy(policy.arn, {
        defaultVersion: version.version,
        latestVersion: policy.latestVersion,
        updatedAt: wholeSeconds(call.time),
      });
    });
    return {};
  },
});
