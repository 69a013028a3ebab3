import { AttachRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findModifiableRole } from "../entities/find.ts";
import { attachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy = operation(AttachRolePolicyCommand)({
  access: onRole("iam:AttachRolePolicy", ({ PolicyArn: arn }) => ({ "iam:PolicyARN": arn })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      await attachPolicy(store, call, await findModifiableRole(store, call, input.RoleName), input.PolicyArn);
    });
    return {};
  },
});
