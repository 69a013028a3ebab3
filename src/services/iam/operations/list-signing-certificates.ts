import { ListSigningCertificatesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onUser, userNameOf } from "../access.ts";
import type { Iam } from "../context.ts";
import { findUser } from "../find.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html */
export const listSigningCertificates = operation(ListSigningCertificatesCommand)({
  access: onUser("iam:ListSigningCertificates"),
  // There are none here; who deletes a user asks for them first.
  async run(input, { store }: Iam, call) {
    readPage(input);
    await findUser(store, call, userNameOf(input, call));
    return { Certificates: [], IsTruncated: false };
  },
});
