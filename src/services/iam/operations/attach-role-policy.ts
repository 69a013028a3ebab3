import { AttachRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onRole } from "../access.ts";
import type { Iam } from "../context.ts";
import { findModifiableRole } from "../find.ts";
import { attachPolicy } from "../policies-of-entity.ts";

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
