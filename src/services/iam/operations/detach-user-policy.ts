import { DetachUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAttachment } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { detachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html */
export const detachUserPolicy = operation(DetachUserPolicyCommand)({
  find: findUser,
  access: onAttachment,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await detachPolicy(store, await unchanged(store, found), input.PolicyArn);
    });
    return {};
  },
});
