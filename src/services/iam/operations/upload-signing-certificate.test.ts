import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { noSuch, openIam, refusal } from "../iam.fixture.ts";

test("UploadSigningCertificate takes two certificates a user, each once in the account", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName });
  const CertificateBody = issueCertificate("bob").pem;
  const { Certificate: made } = await iam.uploadSigningCertificate({ UserName: "bob", CertificateBody });
  const { CertificateId, ...shown } = made ?? {};
  assert.match(CertificateId ?? "", /^[A-Z2-7]{32}$/);
  assert.deepEqual(shown, { UserName: "bob", CertificateBody, Status: "Active", UploadDate: clock.now() });
  await assert.rejects(
    iam.uploadSigningCertificate({ UserName: "eve", CertificateBody: `${CertificateBody}\n` }),
    refusal("DuplicateCertificate", 409, "The same certificate is associated with an IAM user in the account."),
  );
  await iam.uploadSigningCertificate({ UserName: "bob", CertificateBody: issueCertificate("bob").pem });
  await assert.rejects(
    iam.uploadSigningCertificate({ UserName: "bob", CertificateBody: issueCertificate("bob").pem }),
    refusal("LimitExceeded", 409, "Cannot exceed quota for CertificatesPerUser: 2"),
  );
  await assert.rejects(iam.uploadSigningCertificate({ UserName: "none", CertificateBody }), noSuch("user", "none"));
});

test("UploadSigningCertificate refuses what is no certificate, and does not repeat a private key", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  const upload = (CertificateBody: string) => iam.uploadSigningCertificate({ UserName: "bob", CertificateBody });
  const { pem, privateKey } = issueCertificate("bob");
  await assert.rejects(upload("bogus"), refusal("MalformedCertificate", 400, "Certificate bogus is malformed."));
  await assert.rejects(upload(privateKey), refusal("MalformedCertificate", 400, "Certificate *** is malformed."));
  await assert.rejects(upload(`subject=bob\n${pem}`), { name: "MalformedCertificateException" });
  await assert.rejects(upload(pem.replace("MII", "MIJ")), { name: "MalformedCertificateException" });
  await assert.rejects(upload(pem + pem), { name: "InvalidCertificateException" });
  const { pem: old } = issueCertificate("bob", { expires: "2026-01-02T03:04:04Z" });
  await assert.rejects(upload(old), {
    name: "MalformedCertificateException",
    message: /^Certificate is no longer valid/,
  });
});
