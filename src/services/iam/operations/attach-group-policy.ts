import { AttachGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup } from "../entities/find.ts";
import { attachPolicy } from "../entities/policies/attached.ts";

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
