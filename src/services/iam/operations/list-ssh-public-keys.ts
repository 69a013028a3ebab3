import { ListSSHPublicKeysCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html */
export const listSshPublicKeys = operation(ListSSHPublicKeysCommand)({
  find: findUser,
  access: onEntity,
  // This server has none; clients that delete a user ask for them first.
  async run(found, input) {
    readPage(input);
    existing(found);
    return { SSHPublicKeys: [], IsTruncated: false };
  },
});
