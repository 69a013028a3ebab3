import { UpdateAccessKeyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingAccessKey } from "../credentials/access-keys/find.ts";
import { isActive } from "../credentials/status.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey = operation(UpdateAccessKeyCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    const active = isActive(input);
    await store.transaction(async (store) => {
      const key = await existingAccessKey(store, await unchanged(store, found), input.AccessKeyId);
      await store.accessKeys.setActive(key.id, active);
    });
    return {};
  },
});
