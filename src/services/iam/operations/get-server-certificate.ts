import { GetServerCertificateCommand } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { existingServerCertificate, findServerCertificate, onServerCertificate } from "../server-certificates/find.ts";
import { serverCertificateMetadata } from "../server-certificates/shape.ts";
import { tagList } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html */
export const getServerCertificate = operation(GetServerCertificateCommand)({
  find: findServerCertificate,
  access: onServerCertificate,
  async run(found, _input, _context, call) {
    const certificate = existingServerCertificate(found);
    return {
      ServerCertificate: {
        ServerCertificateMetadata: serverCertificateMetadata(call, certificate),
        CertificateBody: certificate.body,
        ...defined({ CertificateChain: certificate.chain }),
        Tags: tagList(certificate.tags),
      },
    };
  },
});
