import assert from "node:assert/strict";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { openIam } from "../iam.fixture.ts";

const { pem: CertificateBody, privateKey: PrivateKey } = issueCertificate("app");

test("ListServerCertificates shows certificates by path and name, page by page, and refuses a marker", async () => {
  await using context = await openIam();
  const { iam } = context;
  assert.deepEqual((await iam.listServerCertificates({})).ServerCertificateMetadataList, []);
  const made = [];
  for (const [ServerCertificateName, Path] of [
    ["a", "/"],
    ["B", "/x/"],
    ["c", "/x/y/"],
  ] as const) {
    const input = { ServerCertificateName, Path, CertificateBody, PrivateKey };
    made.push((await iam.uploadServerCertificate(input)).ServerCertificateMetadata);
  }
  const below = await iam.listServerCertificates({ PathPrefix: "/x/" });
  assert.deepEqual(below.ServerCertificateMetadataList, made.slice(1));
  const first = await iam.listServerCertificates({ MaxItems: 2 });
  const second = await iam.listServerCertificates({ MaxItems: 2, Marker: first.Marker });
  assert.deepEqual(
    [...(first.ServerCertificateMetadataList ?? []), ...(second.ServerCertificateMetadataList ?? [])],
    made,
  );
  assert.deepEqual([first.IsTruncated, second.IsTruncated], [true, false]);
  await assert.rejects(iam.listServerCertificates({ Marker: "no marker" }), { name: "ValidationError" });
});
