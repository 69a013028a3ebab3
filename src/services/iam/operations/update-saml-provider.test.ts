import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { samlMetadata } from "../../../../test/support/saml-provider.ts";
import { arnOf, openIam } from "../iam.fixture.ts";

const SAMLProviderArn = arnOf("saml-provider/idp");
const { certificate } = await certified();
const SAMLMetadataDocument = samlMetadata([certificate], { attributes: 'validUntil="2030-01-01T00:00:00Z"' });

test("UpdateSAMLProvider replaces the metadata, and refuses other text", async () => {
  await using context = await openIam();
  const { iam } = context;
  const later = SAMLMetadataDocument.replace("2030-01-01", "2031-01-01");
  await assert.rejects(iam.updateSAMLProvider({ SAMLProviderArn }), {
    name: "NoSuchEntityException",
    message: `Manifest not found for arn ${SAMLProviderArn}`,
  });
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  await assert.rejects(iam.updateSAMLProvider({ SAMLProviderArn }), {
    name: "InvalidInputException",
    message: "Unable to update identity provider. No updates are defined for metadata or encryption assertion.",
  });
  await iam.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: later });
  const shown = await iam.getSAMLProvider({ SAMLProviderArn });
  assert.deepEqual([shown.SAMLMetadataDocument, shown.ValidUntil], [later, new Date("2031-01-01T00:00:00.000Z")]);
  const wrong = { SAMLProviderArn, SAMLMetadataDocument: "x".repeat(1000) };
  await assert.rejects(iam.updateSAMLProvider(wrong), { message: "Could not parse metadata" });
});

test("UpdateSAMLProvider changes no provider that was made anew in the meantime", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  context.meanwhile(async () => {
    await iam.deleteSAMLProvider({ SAMLProviderArn });
    await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  });
  const later = SAMLMetadataDocument.replace("2030-01-01", "2031-01-01");
  await assert.rejects(iam.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: later }), {
    name: "NoSuchEntityException",
    message: `Manifest not found for arn ${SAMLProviderArn}`,
  });
  assert.equal((await iam.getSAMLProvider({ SAMLProviderArn })).SAMLMetadataDocument, SAMLMetadataDocument);
});

test("UpdateSAMLProvider adds and removes private keys, of which two are kept", async () => {
  await using context = await openIam();
  const { iam } = context;
  const update = (input: object) => iam.updateSAMLProvider({ SAMLProviderArn, ...input });
  const refused = (input: object, message: string, name = "InvalidInputException") =>
    assert.rejects(update(input), { name, message });
  const pem = async () => (await certified()).privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument });
  const AssertionEncryptionMode = "Required";
  const required = "Unable to set assertion encryption mode to Required because no private key is provided.";
  await refused({ AssertionEncryptionMode }, required);
  await refused({ AddPrivateKey: "-----BEGIN PRIVATE KEY-----" }, "Invalid private key.");
  const { privateKey: curve } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await refused({ AddPrivateKey: curve.export({ format: "pem", type: "pkcs8" }) }, "Invalid private key.");
  await update({ AddPrivateKey: await pem(), AssertionEncryptionMode });
  await update({ AddPrivateKey: await pem() });
  await refused({ AddPrivateKey: await pem() }, "Private key limit of 2 is reached.", "LimitExceededException");
  const { PrivateKeyList: keys = [], AssertionEncryptionMode: mode } = await iam.getSAMLProvider({ SAMLProviderArn });
  assert.equal(mode, "Required");
  assert.deepEqual(
    keys.map(({ Timestamp }) => Timestamp),
    [context.clock.now(), context.clock.now()],
  );
  const [first = "", second = ""] = keys.map(({ KeyId }) => KeyId);
  assert.match(first, /^[A-Z0-9]{22,64}$/);
  await refused(
    { AddPrivateKey: await pem(), RemovePrivateKey: first },
    "Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.",
  );
  await refused(
    { RemovePrivateKey: "A".repeat(22) },
    "Failed to remove private key because the Key ID does not match a private key.",
  );
  await update({ RemovePrivateKey: first });
  await refused({ RemovePrivateKey: second }, "Failed to remove private key.");
  await update({ RemovePrivateKey: second, AssertionEncryptionMode: "Allowed" });
  assert.deepEqual((await iam.getSAMLProvider({ SAMLProviderArn })).PrivateKeyList, []);
});
