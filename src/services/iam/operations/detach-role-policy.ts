import { DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findModifiableRole } from "../entities/find.ts";
import { detachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy = operation(DetachRolePolicyCommand)({
  access: onRole("iam:DetachRolePolicy", ({ PolicyArn: arn }) => ({ "iam:PolicyARN": arn })),
  async run(input, { store }: Iam, call) {
    await detachPolicy(store, await findModifiableRole(store, call, input.RoleName), input.PolicyArn);
    return {};
  },
});
