import { AttachGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAttachment } from "../entities/access.ts";
import { findGroup, unchanged } from "../entities/find.ts";
import { attachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html */
export const attachGroupPolicy = operation(AttachGroupPolicyCommand)({
  find: findGroup,
  access: onAttachment,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      await attachPolicy(store, call, await unchanged(store, found), input.PolicyArn);
    });
    return {};
  },
});
