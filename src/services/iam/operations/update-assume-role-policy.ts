import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";
import { checkTrustPolicy } from "../entities/trust-policy.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy = operation(UpdateAssumeRolePolicyCommand)({
  find: findRole,
  access: onBoundedEntity,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const { id } = modifiable(await unchanged(store, found));
      await checkTrustPolicy(input.PolicyDocument, call.account, store);
      await store.roles.update(id, { trustPolicy: input.PolicyDocument });
    });
    return {};
  },
});
