import { ListSSHPublicKeysCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { sshPublicKeySummary } from "../credentials/ssh-public-keys/shape.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html */
export const listSshPublicKeys = operation(ListSSHPublicKeysCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    const user = existing(found);
    const { page, ...rest } = pageOf(await store.sshPublicKeys.list(user.id), input, ({ id }) => id);
    return { SSHPublicKeys: page.map((key) => sshPublicKeySummary(user, key)), ...rest };
  },
});
