import { AttachUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAttachment } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { attachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export const attachUserPolicy = operation(AttachUserPolicyCommand)({
  find: findUser,
  access: onAttachment,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      await attachPolicy(store, call, await unchanged(store, found), input.PolicyArn);
    });
    return {};
  },
});
