import { UpdateSSHPublicKeyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingSshPublicKey } from "../credentials/ssh-public-keys/find.ts";
import { isActive } from "../credentials/status.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html */
export const updateSshPublicKey = operation(UpdateSSHPublicKeyCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    const active = isActive(input);
    await store.transaction(async (store) => {
      const { id } = await existingSshPublicKey(store, await unchanged(store, found), input.SSHPublicKeyId);
      await store.sshPublicKeys.setActive(id, active);
    });
    return {};
  },
});
