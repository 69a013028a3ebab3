import { PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { putInlinePolicy } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const putUserPolicy = operation(PutUserPolicyCommand)({
  find: findUser,
  access: onBoundedEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await putInlinePolicy(store, await unchanged(store, found), input);
    });
    return {};
  },
});
