import { UpdateServerCertificateCommand } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import {
  findServerCertificate,
  onServerCertificate,
  serverCertificateExists,
  unchangedServerCertificate,
} from "../server-certificates/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html */
export const updateServerCertificate = operation(UpdateServerCertificateCommand)({
  find: findServerCertificate,
  access: onServerCertificate,
  async run(found, { NewServerCertificateName: name, NewPath: path }, { store }, call) {
    await store.transaction(async (store) => {
      const certificate = await unchangedServerCertificate(store, found);
      const isRenamed = name !== undefined && name !== certificate.name;
      if (isRenamed && (await store.serverCertificates.isTaken(call.account, name))) {
        throw serverCertificateExists(name);
      }
      await store.serverCertificates.update(certificate.id, defined({ name, path }));
    });
    return {};
  },
});
