import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { openIam, refusal } from "../iam.fixture.ts";

const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");

test("UntagServerCertificate removes tags, and refuses a certificate that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const certificate = { ServerCertificateName: "app" };
  const Tags = ["a", "b"].map((Key) => ({ Key, Value: "v" }));
  await iam.uploadServerCertificate({ ...certificate, CertificateBody, PrivateKey, Tags });
  await iam.untagServerCertificate({ ...certificate, TagKeys: ["a", "none"] });
  assert.deepEqual((await iam.listServerCertificateTags(certificate)).Tags, Tags.slice(1));
  await assert.rejects(
    iam.untagServerCertificate({ ServerCertificateName: "none", TagKeys: ["a"] }),
    refusal("NoSuchEntity", 404, "The Server Certificate with name none cannot be found."),
  );
});
