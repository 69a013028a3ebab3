import { ListServerCertificatesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPath } from "../account/access.ts";
import type { Iam } from "../context.ts";
import { nameKey } from "../names.ts";
import { endPage, readPage } from "../page.ts";
import { serverCertificateMetadata } from "../server-certificates/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html */
export const listServerCertificates = operation(ListServerCertificatesCommand)({
  access: onPath("server-certificate"),
  async run(_found, input, { store }: Iam, call) {
    const asked = readPage(input);
    const listed = await store.serverCertificates.list(call.account, {
      pathPrefix: input.PathPrefix ?? "/",
      after: asked.after,
      limit: asked.limit + 1,
    });
    const { page, ...rest } = endPage(listed, asked, ({ name }) => nameKey(name));
    const shown = page.map((certificate) => serverCertificateMetadata(call, certificate));
    return { ServerCertificateMetadataList: shown, ...rest };
  },
});
