import { ListServiceSpecificCredentialsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html */
export const listServiceSpecificCredentials = operation(ListServiceSpecificCredentialsCommand)({
  find: findUser,
  access: onEntity,
  // This server has none; clients that delete a user ask for them first.
  async run(found, input) {
    readPage(input);
    existing(found);
    return { ServiceSpecificCredentials: [], IsTruncated: false };
  },
});
