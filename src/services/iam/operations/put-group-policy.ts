import { PutGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onGroup } from "../entities/access.ts";
import { findGroup } from "../entities/find.ts";
import { putInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html */
export const putGroupPolicy = operation(PutGroupPolicyCommand)({
  access: onGroup("iam:PutGroupPolicy"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      await putInlinePolicy(store, await findGroup(store, call, input.GroupName), input);
    });
    return {};
  },
});
