import { UntagServerCertificateCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { findServerCertificate, onServerCertificate, unchangedServerCertificate } from "../server-certificates/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagServerCertificate.html */
export const untagServerCertificate = operation(UntagServerCertificateCommand)({
  find: findServerCertificate,
  access: (found, input, call) => onServerCertificate(found, input, call, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const { id, tags } = await unchangedServerCertificate(store, found);
      await store.serverCertificates.update(id, { tags: casedTags.remove(tags, input.TagKeys) });
    });
    return {};
  },
});
