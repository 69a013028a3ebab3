import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const SAMLMetadataDocument = `<?xml version="1.0"?>
<!-- made by hand --><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="2030-01-01T00:00:00Z"
 entityID="https://idp.example.com/${"x".repeat(1000)}"><md:IDPSSODescriptor/></md:EntityDescriptor>`;

test("CreateSAMLProvider makes a provider once", async () => {
  await using context = await openIam();
  const { iam } = context;
  const created = await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument, Tags: [{ Key: "a", Value: "b" }] });
  assert.equal(created.SAMLProviderArn, SAMLProviderArn);
  assert.deepEqual(created.Tags, [{ Key: "a", Value: "b" }]);
  await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument }), {
    name: "EntityAlreadyExistsException",
  });
});

test("CreateSAMLProvider refuses what is no metadata, in little time, and private keys", async () => {
  await using context = await openIam();
  const { iam } = context;
  const long = "<!-- -->".repeat(100_000);
  for (const wrong of [
    "x".repeat(1000),
    `${long}<a/>`,
    `<!--${"-".repeat(900_000)}`,
    SAMLMetadataDocument.replace("2030-", "x-"),
  ]) {
    await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument: wrong }), {
      name: "InvalidInputException",
      message: "Could not parse metadata",
    });
  }
  const AddPrivateKey = "-----BEGIN RSA PRIVATE KEY-----";
  await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument, AddPrivateKey }), {
    name: "InvalidInputException",
    message: "Private keys of SAML providers are not supported",
  });
});
