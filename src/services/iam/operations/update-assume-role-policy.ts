import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findModifiableRole } from "../entities/find.ts";
import { checkTrustPolicy } from "../policies/document.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy = operation(UpdateAssumeRolePolicyCommand)({
  access: onRole("iam:UpdateAssumeRolePolicy"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findModifiableRole(store, call, input.RoleName);
      await checkTrustPolicy(input.PolicyDocument, call.account, store);
      await store.updateEntity(id, { trustPolicy: input.PolicyDocument });
    });
    return {};
  },
});
