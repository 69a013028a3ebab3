import { DetachGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAttachment } from "../entities/access.ts";
import { findGroup, unchanged } from "../entities/find.ts";
import { detachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html */
export const detachGroupPolicy = operation(DetachGroupPolicyCommand)({
  find: findGroup,
  access: onAttachment,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await detachPolicy(store, await unchanged(store, found), input.PolicyArn);
    });
    return {};
  },
});
