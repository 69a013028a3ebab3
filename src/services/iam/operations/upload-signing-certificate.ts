import {
  DuplicateCertificateException$,
  InvalidCertificateException$,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { malformedCertificate, readCertificates, refuseExpired } from "../certificate.ts";
import { signingCertificateShape } from "../credentials/signing-certificates/shape.ts";
import { mostSigningCertificates } from "../credentials/signing-certificates/signing-certificate.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser, unchanged } from "../entities/find.ts";
import { quotaExceeded } from "../errors.ts";
import { idAlphabet } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html */
export const uploadSigningCertificate = operation(UploadSigningCertificateCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store, ids }, call) {
    existing(found);
    const body = input.CertificateBody;
    const fingerprint = fingerprintOf(body, call.time);
    const certificate = { id: ids.text(32, idAlphabet), body, active: true, createdAt: wholeSeconds(call.time) };
    const user = await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      if (await store.signingCertificates.isTaken(call.account, fingerprint)) {
        throw new ApiError(
          DuplicateCertificateException$,
          "The same certificate is associated with an IAM user in the account.",
        );
      }
      if ((await store.signingCertificates.list(user.id)).length >= mostSigningCertificates) {
        throw quotaExceeded("CertificatesPerUser", mostSigningCertificates);
      }
      await store.signingCertificates.insert(user, certificate, fingerprint);
      return user;
    });
    return { Certificate: signingCertificateShape(user, certificate) };
  },
});

/** The SHA-256 digest of a certificate. Throws AWS's errors for what is not a single certificate, valid now. */
function fingerprintOf(body: string, time: Date): string {
  const [certificate, ...more] = readCertificates(body) ?? [];
  // Who uploads a private key by mistake does not find it in a log.
  const quoted = body.includes("PRIVATE KEY") ? "***" : body;
  if (!certificate) throw malformedCertificate(`Certificate ${quoted} is malformed.`);
  if (more.length > 0)
    throw new ApiError(InvalidCertificateException$, "There must be one certificate, without a chain");
  refuseExpired(certificate, time);
  return certificate.fingerprint256.replaceAll(":", "").toLowerCase();
}
