import { CreateAccessKeyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { findUser } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";
import { newAccessKey } from "../unique-id.ts";

const mostKeys = 2;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey = operation(CreateAccessKeyCommand)({
  access: onUser("iam:CreateAccessKey"),
  async run(input, { store, ids }: Iam, call) {
    const createdAt = wholeSeconds(call.time);
    const { accessKeyId, secretAccessKey } = newAccessKey("AKIA", call.account, ids);
    const user = await store.transaction(async (store) => {
      const user = await findUser(store, call, userNameOf(input, call));
      if ((await store.listAccessKeys(user.id)).length >= mostKeys) throw quotaExceeded("AccessKeysPerUser", mostKeys);
      await store.insertAccessKey(user.id, { id: accessKeyId, active: true, createdAt }, secretAccessKey);
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
