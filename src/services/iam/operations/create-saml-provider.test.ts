import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate], { attributes: 'validUntil="2030-01-01T00:00:00Z"' });

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

test("CreateSAMLProvider refuses what is no metadata, in little time, and what is no private key", async () => {
  await using context = await openIam();
  const { iam } = context;
  const long = "<!-- -->".repeat(100_000);
  for (const wrong of [
    "x".repeat(1000),
    `${long}<a/>`,
    `<!--${"-".repeat(900_000)}`,
    SAMLMetadataDocument.replace("2030-", "x-"),
    SAMLMetadataDocument.replace("<!-- made by hand -->", '<!DOCTYPE a [<!ENTITY b "c">]>'),
    SAMLMetadataDocument.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/, "").padEnd(1000),
    SAMLMetadataDocument.replace('use="signing"', 'use="encryption"'),
    SAMLMetadataDocument.replace(certificate, certificate.slice(100)),
    SAMLMetadataDocument.replace(":tc:SAML:2.0:metadata", ":tc:SAML:1.0:metadata"),
    SAMLMetadataDocument.replace(certificate, (await certified(512)).certificate).padEnd(1000),
    `\ufeff${SAMLMetadataDocument}`,
    "<a>".repeat(100_000),
  ]) {
    await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument: wrong }), {
      name: "InvalidInputException",
      message: "Could not parse metadata",
    });
  }
  const AddPrivateKey = "-----BEGIN RSA PRIVATE KEY-----";
  await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument, AddPrivateKey }), {
    name: "InvalidInputException",
    message: "Invalid private key.",
  });
  const AssertionEncryptionMode = "Required";
  await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument, AssertionEncryptionMode }), {
    message: "Unable to set assertion encryption mode to Required because no private key is provided.",
  });
  await assert.rejects(iam.getSAMLProvider({ SAMLProviderArn }), { name: "NoSuchEntityException" });
});

test("CreateSAMLProvider keeps a private key for encrypted assertions, and shows its id only", async () => {
  await using context = await openIam();
  const { iam } = context;
  const AddPrivateKey = (await certified()).privateKey.export({ format: "pem", type: "pkcs1" }).toString();
  const AssertionEncryptionMode = "Required";
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument, AddPrivateKey, AssertionEncryptionMode });
  const { PrivateKeyList: keys = [] } = await iam.getSAMLProvider({ SAMLProviderArn });
  assert.deepEqual(
    keys.map((key) => Object.keys(key)),
    [["KeyId", "Timestamp"]],
  );
  await iam.deleteSAMLProvider({ SAMLProviderArn });
});
