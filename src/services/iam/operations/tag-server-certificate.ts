import { TagServerCertificateCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { findServerCertificate, onServerCertificate, unchangedServerCertificate } from "../server-certificates/find.ts";
import { casedTags, requestTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html */
export const tagServerCertificate = operation(TagServerCertificateCommand)({
  find: async (input, call, context: Iam) => ({
    tags: casedTags.read(input.Tags),
    ...(await findServerCertificate(input, call, context)),
  }),
  access: (found, input, call) => onServerCertificate(found, input, call, requestTags(found.tags)),
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id, tags } = await unchangedServerCertificate(store, found);
      await store.serverCertificates.update(id, { tags: casedTags.merge(tags, found.tags) });
    });
    return {};
  },
});
