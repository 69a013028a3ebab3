import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findModifiableRole } from "../entities/find.ts";
import { putInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const putRolePolicy = operation(PutRolePolicyCommand)({
  access: onRole("iam:PutRolePolicy"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      await putInlinePolicy(store, await findModifiableRole(store, call, input.RoleName), input);
    });
    return {};
  },
});
