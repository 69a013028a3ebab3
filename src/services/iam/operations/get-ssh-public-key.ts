import { GetSSHPublicKeyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { existingSshPublicKey } from "../credentials/ssh-public-keys/find.ts";
import { sshPublicKeyShape } from "../credentials/ssh-public-keys/shape.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html */
export const getSshPublicKey = operation(GetSSHPublicKeyCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }: Iam) {
    const user = existing(found);
    const key = await existingSshPublicKey(store, user, input.SSHPublicKeyId);
    return { SSHPublicKey: sshPublicKeyShape(user, key, input.Encoding) };
  },
});
