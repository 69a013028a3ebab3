import { ListServerCertificatesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onList } from "../entities/access.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html */
export const listServerCertificates = operation(ListServerCertificatesCommand)({
  access: onList("iam:ListServerCertificates", "server-certificate"),
  // There are none here.
  async run(input) {
    readPage(input);
    return { ServerCertificateMetadataList: [], IsTruncated: false };
  },
});
