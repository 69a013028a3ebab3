import { AttachGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onGroup } from "../access.ts";
import type { Iam } from "../context.ts";
import { findGroup } from "../find.ts";
import { attachPolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html */
export const attachGroupPolicy = operation(AttachGroupPolicyCommand)({
  access: onGroup("iam:AttachGroupPolicy", ({ PolicyArn: arn }) => ({ "iam:PolicyARN": arn })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      await attachPolicy(store, call, await findGroup(store, call, input.GroupName), input.PolicyArn);
    });
    return {};
  },
});
