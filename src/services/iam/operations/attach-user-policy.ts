import { AttachUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { attachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export const attachUserPolicy = operation(AttachUserPolicyCommand)({
  access: onUser("iam:AttachUserPolicy", ({ PolicyArn: arn }) => ({ "iam:PolicyARN": arn })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      await attachPolicy(store, call, await findUser(store, call, input.UserName), input.PolicyArn);
    });
    return {};
  },
});
