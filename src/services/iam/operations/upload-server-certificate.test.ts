import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { issueCertificate } from "../../../../test/support/certificate.ts";
import { arnOf, openIam, refusal } from "../iam.fixture.ts";

const root = issueCertificate("root");
const middle = issueCertificate("middle", { issuer: root });
const leaf = issueCertificate("app.example.com", { issuer: middle });
const upload = { ServerCertificateName: "app", CertificateBody: leaf.pem, PrivateKey: leaf.privateKey };

test("UploadServerCertificate takes a certificate with its chain, and does not keep its private key", async () => {
  await using context = await openIam();
  const { iam, clock, database } = context;
  const Tags = [{ Key: "k", Value: "v" }];
  const { ServerCertificateMetadata: made, Tags: tags } = await iam.uploadServerCertificate({
    ...{ ...upload, Path: "/x/", CertificateChain: middle.pem + root.pem },
    Tags,
  });
  const { ServerCertificateId, ...shown } = made ?? {};
  assert.match(ServerCertificateId ?? "", /^ASCA[A-Z2-7]{17}$/);
  assert.deepEqual(shown, {
    ...{ Path: "/x/", ServerCertificateName: "app", Arn: arnOf("server-certificate/x/app") },
    ...{ UploadDate: clock.now(), Expiration: leaf.expiresAt },
  });
  assert.deepEqual(tags, Tags);
  const stored = JSON.stringify(await database.db.selectFrom("iam_server_certificates").selectAll().execute());
  assert.ok(!stored.includes(leaf.privateKey.split("\n")[1] ?? ""));
  await assert.rejects(
    iam.uploadServerCertificate(upload),
    refusal("EntityAlreadyExists", 409, "The Server Certificate with name app already exists."),
  );
  await assert.rejects(iam.uploadServerCertificate({ ...upload, ServerCertificateName: "APP" }), {
    name: "EntityAlreadyExistsException",
  });
});

test("UploadServerCertificate refuses what is no pair, no chain or no longer valid, and quotes no private key", async (t) => {
  await using context = await openIam();
  const { iam } = context;
  const unreadable = "Unable to parse certificate. Please ensure the certificate is in PEM format.";
  const chain = (index: number) =>
    `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}`;
  const encoding = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "secret" } as const;
  const encrypted = String(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export(encoding));
  const expired = issueCertificate("old", { expires: "2026-01-02T03:04:04Z" });
  const cases: readonly (readonly [string, object, string, string])[] = [
    ["no certificate", { CertificateBody: "bogus" }, "MalformedCertificate", unreadable],
    ["two certificates", { CertificateBody: leaf.pem + middle.pem }, "MalformedCertificate", unreadable],
    ["no key", { PrivateKey: "bogus" }, "MalformedCertificate", "Private Key was in an unrecognized format."],
    [
      "an encrypted key",
      { PrivateKey: encrypted },
      "MalformedCertificate",
      "Unable to parse key; the body is encrypted.",
    ],
    [
      "another key",
      { PrivateKey: middle.privateKey },
      "KeyPairMismatch",
      "The public key certificate and the private key do not match.",
    ],
    ["no chain", { CertificateChain: "bogus" }, "MalformedCertificate", unreadable],
    ["a chain without the signer", { CertificateChain: root.pem }, "MalformedCertificate", chain(-1)],
    ["a chain that breaks off", { CertificateChain: middle.pem + leaf.pem }, "MalformedCertificate", chain(0)],
    [
      "a certificate that has expired",
      { CertificateBody: expired.pem, PrivateKey: expired.privateKey },
      "MalformedCertificate",
      "Certificate is no longer valid. The 'Not After' date restricts the use of the certificate.",
    ],
  ];
  for (const [what, input, code, message] of cases) {
    await t.test(what, async () => {
      await assert.rejects(iam.uploadServerCertificate({ ...upload, ...input }), refusal(code, 400, message));
    });
  }
  assert.deepEqual((await iam.listServerCertificates({})).ServerCertificateMetadataList, []);
});

test("UploadServerCertificate takes twenty certificates", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (let index = 0; index < 20; index++) {
    await iam.uploadServerCertificate({ ...upload, ServerCertificateName: `app${index}` });
  }
  await assert.rejects(
    iam.uploadServerCertificate(upload),
    refusal("LimitExceeded", 409, "Cannot exceed quota for ServerCertificatesPerAccount: 20"),
  );
});
