import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { openIam, refusal } from "../iam.fixture.ts";

const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");

test("ListServerCertificateTags shows the tags page by page, and refuses a certificate that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const certificate = { ServerCertificateName: "app" };
  const Tags = ["b", "a"].map((Key) => ({ Key, Value: "v" }));
  await iam.uploadServerCertificate({ ...certificate, CertificateBody, PrivateKey, Tags });
  const first = await iam.listServerCertificateTags({ ...certificate, MaxItems: 1 });
  const second = await iam.listServerCertificateTags({ ...certificate, MaxItems: 1, Marker: first.Marker });
  assert.deepEqual([...(first.Tags ?? []), ...(second.Tags ?? [])], Tags);
  await assert.rejects(
    iam.listServerCertificateTags({ ServerCertificateName: "none" }),
    refusal("NoSuchEntity", 404, "The Server Certificate with name none cannot be found."),
  );
});
