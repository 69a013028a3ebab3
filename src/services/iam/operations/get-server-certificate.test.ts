import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { openIam, refusal } from "../iam.fixture.ts";

test("GetServerCertificate shows certificate, chain and tags, and no private key", async () => {
  await using context = await openIam();
  const { iam } = context;
  const root = issueCertificate("root");
  const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app", { issuer: root });
  const certificate = { CertificateBody, PrivateKey };
  const plain = { ServerCertificateName: "plain" };
  const chained = { ServerCertificateName: "chained" };
  const { ServerCertificateMetadata: first } = await iam.uploadServerCertificate({ ...plain, ...certificate });
  assert.deepEqual((await iam.getServerCertificate(plain)).ServerCertificate, {
    ServerCertificateMetadata: first,
    CertificateBody: CertificateBody.trimEnd(),
    Tags: [],
  });
  const Tags = [{ Key: "k", Value: "v" }];
  const input = { ...chained, ...certificate, CertificateChain: root.pem, Tags };
  const { ServerCertificateMetadata: second } = await iam.uploadServerCertificate(input);
  assert.deepEqual((await iam.getServerCertificate(chained)).ServerCertificate, {
    ServerCertificateMetadata: second,
    CertificateBody: CertificateBody.trimEnd(),
    CertificateChain: root.pem.trimEnd(),
    Tags,
  });
  await assert.rejects(
    iam.getServerCertificate({ ServerCertificateName: "none" }),
    refusal("NoSuchEntity", 404, "The Server Certificate with name none cannot be found."),
  );
});
