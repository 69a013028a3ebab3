import { UpdateSigningCertificateCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingSigningCertificate } from "../credentials/signing-certificates/find.ts";
import { isActive } from "../credentials/status.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html */
export const updateSigningCertificate = operation(UpdateSigningCertificateCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    const active = isActive(input);
    await store.transaction(async (store) => {
      const { id } = await existingSigningCertificate(store, await unchanged(store, found), input.CertificateId);
      await store.signingCertificates.setActive(id, active);
    });
    return {};
  },
});
