import { ListServerCertificateTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingServerCertificate, findServerCertificate, onServerCertificate } from "../server-certificates/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificateTags.html */
export const listServerCertificateTags = operation(ListServerCertificateTagsCommand)({
  find: findServerCertificate,
  access: onServerCertificate,
  async run(found, input) {
    return listTags(existingServerCertificate(found).tags, input);
  },
});
