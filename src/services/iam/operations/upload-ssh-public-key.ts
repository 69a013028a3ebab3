import { DuplicateSSHPublicKeyException$, UploadSSHPublicKeyCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { readSshPublicKey } from "../credentials/ssh-public-keys/rsa-key.ts";
import { sshPublicKeyShape } from "../credentials/ssh-public-keys/shape.ts";
import { mostSshPublicKeys } from "../credentials/ssh-public-keys/ssh-public-key.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser, unchanged } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html */
export const uploadSshPublicKey = operation(UploadSSHPublicKeyCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store, ids }, call) {
    existing(found);
    const { body, encoding } = readSshPublicKey(input.SSHPublicKeyBody);
    const key = { id: uniqueId("APKA", call.account, ids), body, active: true, createdAt: wholeSeconds(call.time) };
    const user = await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      const others = await store.sshPublicKeys.list(user.id);
      if (others.some((other) => other.body === body)) {
        throw new ApiError(
          DuplicateSSHPublicKeyException$,
          "The SSH public key is already associated with the specified IAM user.",
        );
      }
      if (others.length >= mostSshPublicKeys) throw quotaExceeded("SSHPublicKeysPerUser", mostSshPublicKeys);
      await store.sshPublicKeys.insert(user.id, key);
      return user;
    });
    return { SSHPublicKey: sshPublicKeyShape(user, key, encoding) };
  },
});
