import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam } from "../iam.fixture.ts";

test("ListServerCertificates is empty, and refuses a marker", async () => {
  await using context = await openIam();
  const { iam } = context;
  assert.deepEqual((await iam.listServerCertificates({})).ServerCertificateMetadataList, []);
  await assert.rejects(iam.listServerCertificates({ Marker: "no marker" }), { name: "ValidationError" });
});
