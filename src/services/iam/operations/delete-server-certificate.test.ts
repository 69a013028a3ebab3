import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { concurrent, openIam, refusal } from "../iam.fixture.ts";

const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");

test("DeleteServerCertificate deletes the certificate that was authorised, once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const certificate = { ServerCertificateName: "app" };
  await iam.uploadServerCertificate({ ...certificate, CertificateBody, PrivateKey });
  context.meanwhile(() => iam.tagServerCertificate({ ...certificate, Tags: [{ Key: "k", Value: "v" }] }));
  await assert.rejects(iam.deleteServerCertificate(certificate), concurrent);
  await iam.deleteServerCertificate(certificate);
  await assert.rejects(
    iam.deleteServerCertificate(certificate),
    refusal("NoSuchEntity", 404, "The Server Certificate with name app cannot be found."),
  );
});
