import { ListServiceSpecificCredentialsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html */
export const listServiceSpecificCredentials = operation(ListServiceSpecificCredentialsCommand)({
  access: onUser("iam:ListServiceSpecificCredentials"),
  // There are none here; who deletes a user asks for them first.
  async run(input, { store }: Iam, call) {
    readPage(input);
    await findUser(store, call, userNameOf(input, call));
    return { ServiceSpecificCredentials: [], IsTruncated: false };
  },
});
