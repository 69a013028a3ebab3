import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { openIam, refusal } from "../iam.fixture.ts";

test("UpdateSigningCertificate switches a certificate off and on, and refuses another user's", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const UserName of ["bob", "eve"]) await iam.createUser({ UserName });
  const user = { UserName: "bob" };
  const { Certificate } = await iam.uploadSigningCertificate({ ...user, CertificateBody: issueCertificate("bob").pem });
  const { CertificateId } = Certificate ?? {};
  for (const Status of ["Inactive", "Active"] as const) {
    await iam.updateSigningCertificate({ ...user, CertificateId, Status });
    assert.equal((await iam.listSigningCertificates(user)).Certificates?.[0]?.Status, Status);
  }
  await assert.rejects(
    iam.updateSigningCertificate({ UserName: "eve", CertificateId, Status: "Inactive" }),
    refusal("NoSuchEntity", 404, `The Certificate with id ${CertificateId} cannot be found.`),
  );
});
