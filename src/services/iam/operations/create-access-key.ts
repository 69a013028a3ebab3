import { CreateAccessKeyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";
import { newAccessKey } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

const mostKeys = 2;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey = operation(CreateAccessKeyCommand)({
  find: findUser,
  access: onEntity,
  async run(found, _input, { store, ids }, call) {
    const createdAt = wholeSeconds(call.time);
    const { accessKeyId, secretAccessKey } = newAccessKey("AKIA", call.account, ids);
    const user = await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      if ((await store.accessKeys.list(user.id)).length >= mostKeys) throw quotaExceeded("AccessKeysPerUser", mostKeys);
      await store.accessKeys.insert(user.id, { id: accessKeyId, active: true, createdAt }, secretAccessKey);
      return user;
    });
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: accessKeyId,
        Status: "Active",
        SecretAccessKey: secretAccessKey,
        CreateDate: createdAt,
      },
    };
  },
});
