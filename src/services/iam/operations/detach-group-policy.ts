import { DetachGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onGroup } from "../access.ts";
import type { Iam } from "../context.ts";
import { findGroup } from "../find.ts";
import { detachPolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html */
export const detachGroupPolicy = operation(DetachGroupPolicyCommand)({
  access: onGroup("iam:DetachGroupPolicy", ({ PolicyArn: arn }) => ({ "iam:PolicyARN": arn })),
  async run(input, { store }: Iam, call) {
    await detachPolicy(store, await findGroup(store, call, input.GroupName), input.PolicyArn);
    return {};
  },
});
