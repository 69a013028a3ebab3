import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { issueCertificate } from "../../test/support/certificate.ts";
import { throwAwayDirectory } from "../../test/support/throw-away.ts";
import { fileToTrust, nameIn, readKeyPair, trustAuthorities } from "./tls.ts";

async function files(pairs: Readonly<Record<string, string>>) {
  const directory = await throwAwayDirectory("tls");
  for (const [name, text] of Object.entries(pairs)) await writeFile(join(directory.path, name), text);
  return { ...directory, file: (name: string) => join(directory.path, name) };
}

test("a server's name is the one given where the certificate has it, else one that it has", () => {
  const name = (names: readonly string[], given: string) =>
    nameIn({ cert: Buffer.from(issueCertificate("s", { names }).pem), key: Buffer.of() }, given);
  assert.equal(name(["127.0.0.1", "a.example.com"], "127.0.0.1"), "127.0.0.1");
  assert.equal(name(["a.example.com", "localhost"], "127.0.0.1"), "localhost");
  assert.equal(name(["*.example.com", "a.example.org"], "127.0.0.1"), "a.example.org");
  assert.equal(name(["*.example.com"], "a.example.com"), "a.example.com");
  assert.equal(name(["192.0.2.1"], "127.0.0.1"), "127.0.0.1");
});

test("a key that is not the certificate's, and files that are none, are refused without a word of them", async () => {
  const [one, other] = [issueCertificate("one", { names: ["a"] }), issueCertificate("other", { names: ["b"] })];
  await using own = await files({ cert: one.pem, key: other.privateKey, text: "hunter2" });
  const refused = (certFile: string, keyFile: string, expected: RegExp) =>
    assert.throws(
      () => readKeyPair({ certFile: own.file(certFile), keyFile: own.file(keyFile) }),
      (error: Error) => error.name === "ConfigError" && expected.test(error.message) && !/hunter2/.test(error.message),
    );
  refused("cert", "key", /^Cannot use the certificate .*key values mismatch/);
  refused("cert", "text", /^Cannot use the certificate/);
  refused("nowhere", "key", /^Cannot read --tls-cert .*: ENOENT/);
  assert.throws(() => trustAuthorities(own.file("text")), { message: /holds no certificate in PEM/ });
});

test("a client has to trust the operator's authorities, or a certificate that signed itself", async () => {
  const authority = issueCertificate("authority");
  const issued = issueCertificate("server", { issuer: authority, names: ["localhost"] });
  await using own = await files({ own: issueCertificate("own", { names: ["localhost"] }).pem, issued: issued.pem });
  const trusted = (name: string, caCert?: string) =>
    fileToTrust({ certFile: own.file(name), keyFile: "unused" }, caCert);
  assert.equal(trusted("own"), own.file("own"));
  assert.equal(trusted("issued"), undefined);
  assert.equal(trusted("issued", "/etc/ca.pem"), "/etc/ca.pem");
});
