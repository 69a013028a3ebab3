import { DeleteServerCertificateCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { findServerCertificate, onServerCertificate, unchangedServerCertificate } from "../server-certificates/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html */
export const deleteServerCertificate = operation(DeleteServerCertificateCommand)({
  find: findServerCertificate,
  access: onServerCertificate,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id } = await unchangedServerCertificate(store, found);
      await store.serverCertificates.delete(id);
    });
    return {};
  },
});
