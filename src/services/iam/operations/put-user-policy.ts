import { PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { putInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const putUserPolicy = operation(PutUserPolicyCommand)({
  access: onUser("iam:PutUserPolicy"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      await putInlinePolicy(store, await findUser(store, call, input.UserName), input);
    });
    return {};
  },
});
