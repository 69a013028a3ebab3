import { UploadServerCertificateCommand } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { quotaExceeded } from "../errors.ts";
import { serverCertificateExists } from "../server-certificates/find.ts";
import { checkUpload } from "../server-certificates/key-pair.ts";
import {
  mostServerCertificates,
  type ServerCertificate,
  serverCertificateArn,
} from "../server-certificates/server-certificate.ts";
import { serverCertificateMetadata } from "../server-certificates/shape.ts";
import { casedTags, newTags, tagList } from "../tags.ts";
import { uniqueId } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html */
export const uploadServerCertificate = operation(UploadServerCertificateCommand)({
  find: (input) => casedTags.read(input.Tags),
  access: (tags, input, call) => ({
    resource: serverCertificateArn(call, input.Path ?? "/", input.ServerCertificateName),
    conditions: newTags(tags),
  }),
  async run(tags, input, { store, ids }: Iam, call) {
    const { validToDate } = checkUpload(input, call.time);
    const certificate: ServerCertificate = {
      id: uniqueId("ASCA", call.account, ids),
      account: call.account,
      name: input.ServerCertificateName,
      path: input.Path ?? "/",
      body: input.CertificateBody.trimEnd(),
      chain: input.CertificateChain?.trimEnd(),
      tags: casedTags.merge({}, tags),
      createdAt: wholeSeconds(call.time),
      expiresAt: validToDate,
    };
    await store.transaction(async ({ serverCertificates }) => {
      if (await serverCertificates.isTaken(call.account, certificate.name)) {
        throw serverCertificateExists(certificate.name);
      }
      if ((await serverCertificates.count(call.account)) >= mostServerCertificates) {
        throw quotaExceeded("ServerCertificatesPerAccount", mostServerCertificates);
      }
      await serverCertificates.insert(certificate);
    });
    return {
      ServerCertificateMetadata: serverCertificateMetadata(call, certificate),
      ...defined({ Tags: input.Tags?.length ? tagList(certificate.tags) : undefined }),
    };
  },
});
