import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { openIam, refusal } from "../iam.fixture.ts";

test("DeleteSigningCertificate deletes a certificate once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { Certificate } = await iam.uploadSigningCertificate({ ...user, CertificateBody: issueCertificate("bob").pem });
  const certificate = { ...user, CertificateId: Certificate?.CertificateId };
  await iam.deleteSigningCertificate(certificate);
  assert.deepEqual((await iam.listSigningCertificates(user)).Certificates, []);
  await assert.rejects(
    iam.deleteSigningCertificate(certificate),
    refusal("NoSuchEntity", 404, `The Certificate with id ${certificate.CertificateId} cannot be found.`),
  );
});
