import { DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onRole } from "../access.ts";
import type { Iam } from "../context.ts";
import { findModifiableRole } from "../find.ts";
import { detachPolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy = operation(DetachRolePolicyCommand)({
  access: onRole("iam:DetachRolePolicy", ({ PolicyArn: arn }) => ({ "iam:PolicyARN": arn })),
  async run(input, { store }: Iam, call) {
    await detachPolicy(store, await findModifiableRole(store, call, input.RoleName), input.PolicyArn);
    return {};
  },
});
