import { ListSigningCertificatesCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { signingCertificateShape } from "../credentials/signing-certificates/shape.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { pageOf } from "../page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html */
export const listSigningCertificates = operation(ListSigningCertificatesCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store }) {
    const user = existing(found);
    const { page, ...rest } = pageOf(await store.signingCertificates.list(user.id), input, ({ id }) => id);
    return { Certificates: page.map((certificate) => signingCertificateShape(user, certificate)), ...rest };
  },
});
