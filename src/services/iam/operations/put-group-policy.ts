import { PutGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { findGroup, unchanged } from "../entities/find.ts";
import { putInlinePolicy } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html */
export const putGroupPolicy = operation(PutGroupPolicyCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await putInlinePolicy(store, await unchanged(store, found), input);
    });
    return {};
  },
});
