import { DeleteSigningCertificateCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingSigningCertificate } from "../credentials/signing-certificates/find.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html */
export const deleteSigningCertificate = operation(DeleteSigningCertificateCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const { id } = await existingSigningCertificate(store, await unchanged(store, found), input.CertificateId);
      await store.signingCertificates.delete(id);
    });
    return {};
  },
});
