import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { noSuch, openIam } from "../iam.fixture.ts";

test("ListSigningCertificates shows a user's certificates page by page, and refuses users that do not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  assert.deepEqual((await iam.listSigningCertificates(user)).Certificates, []);
  const made = new Map();
  for (const name of ["a", "b"]) {
    const { Certificate } = await iam.uploadSigningCertificate({
      ...user,
      CertificateBody: issueCertificate(name).pem,
    });
    made.set(Certificate?.CertificateId, Certificate);
  }
  const first = await iam.listSigningCertificates({ ...user, MaxItems: 1 });
  const second = await iam.listSigningCertificates({ ...user, MaxItems: 1, Marker: first.Marker });
  const shown = [...(first.Certificates ?? []), ...(second.Certificates ?? [])];
  assert.deepEqual(new Map(shown.map((one) => [one.CertificateId, one])), made);
  await assert.rejects(iam.listSigningCertificates({ UserName: "none" }), noSuch("user", "none"));
  await assert.rejects(iam.listSigningCertificates({ ...user, Marker: "no marker" }), { name: "ValidationError" });
});
