import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { openIam, refusal } from "../iam.fixture.ts";

const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");

test("TagServerCertificate adds tags, whose keys may differ in case only", async () => {
  await using context = await openIam();
  const { iam } = context;
  const certificate = { ServerCertificateName: "app" };
  const input = { ...certificate, CertificateBody, PrivateKey };
  await iam.uploadServerCertificate({ ...input, Tags: [{ Key: "k", Value: "old" }] });
  const Tags = ["k", "K"].map((Key) => ({ Key, Value: "new" }));
  await iam.tagServerCertificate({ ...certificate, Tags });
  assert.deepEqual((await iam.getServerCertificate(certificate)).ServerCertificate?.Tags, Tags);
  await assert.rejects(
    iam.tagServerCertificate({ ServerCertificateName: "none", Tags }),
    refusal("NoSuchEntity", 404, "The Server Certificate with name none cannot be found."),
  );
});
