import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { arnOf, openIam, refusal } from "../iam.fixture.ts";

const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");

test("UpdateServerCertificate gives a certificate another name and path, and refuses a name that is taken", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const ServerCertificateName of ["a", "b"]) {
    await iam.uploadServerCertificate({ ServerCertificateName, CertificateBody, PrivateKey });
  }
  await assert.rejects(
    iam.updateServerCertificate({ ServerCertificateName: "a", NewServerCertificateName: "b" }),
    refusal("EntityAlreadyExists", 409, "The Server Certificate with name b already exists."),
  );
  await iam.updateServerCertificate({ ServerCertificateName: "a", NewServerCertificateName: "c", NewPath: "/x/" });
  const { ServerCertificate: shown } = await iam.getServerCertificate({ ServerCertificateName: "c" });
  assert.equal(shown?.ServerCertificateMetadata?.Arn, arnOf("server-certificate/x/c"));
  await assert.rejects(
    iam.updateServerCertificate({ ServerCertificateName: "a", NewPath: "/" }),
    refusal("NoSuchEntity", 404, "The Server Certificate with name a cannot be found."),
  );
});
