import { ListServerCertificatesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import { readPage } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html */
export const listServerCertificates = operation(ListServerCertificatesCommand)({
  access: onPath("server-certificate"),
  // This server has none.
  async run(_found, input) {
    readPage(input);
    return { ServerCertificateMetadataList: [], IsTruncated: false };
  },
});
