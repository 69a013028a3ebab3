import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../test/support/certificate.ts";
import { type EncryptionOptions, withEncryptedAssertion } from "../../test/support/encrypted-assertion.ts";
import { samlProvider } from "../../test/support/saml-provider.ts";
import { systemClock } from "../clock.ts";
import { readAssertion, signedAssertion } from "./index.ts";

const provider = await samlProvider({
  roleArn: "arn:aws:iam::111122223333:role/r",
  providerArn: "arn:aws:iam::111122223333:saml-provider/p",
  now: () => systemClock.now(),
});
const { privateKey: own } = await certified(2049);
const { privateKey: other } = await certified(1024);
const user = "mary@example.com";
const unsigned = provider.response();
const signed = provider.sign(unsigned);

function believed(xml: string, privateKeys = [other, own]): string | undefined {
  const found = signedAssertion(xml, { certificates: [provider.certificate], privateKeys });
  return typeof found === "string" ? found : `${readAssertion(found.assertion)?.subject?.name} ${found.wasEncrypted}`;
}

test("an encrypted assertion is read by one of the private keys, if it or the response is signed", () => {
  const ways: readonly EncryptionOptions[] = [
    { cipher: "aes-128-cbc" },
    { cipher: "aes-256-cbc" },
    { cipher: "aes-128-gcm" },
    { cipher: "aes-256-gcm", oaep: "sha256" },
  ];
  for (const way of ways) {
    assert.equal(believed(withEncryptedAssertion(signed, own, way)), `${user} true`, JSON.stringify(way));
    const whole = provider.sign(withEncryptedAssertion(unsigned, own, way), { what: "Response" });
    assert.equal(believed(whole), `${user} true`);
  }
  const both = provider.sign(withEncryptedAssertion(signed, own), { what: "Response" });
  assert.equal(believed(both), `${user} true`);
  assert.equal(believed(signed), `${user} false`);
});

test("nobody learns more of an encrypted assertion than that it proves nothing", async (t) => {
  const encrypted = withEncryptedAssertion(signed, own);
  const cbc = withEncryptedAssertion(signed, own, { cipher: "aes-128-cbc" });
  const impostor = await certified(1024);
  const changed = (xml: string, at: number) =>
    xml.replace(/(.*<xenc:CipherValue>)([^<]*)/s, (_all, before: string, value: string) => {
      const bytes = Buffer.from(value, "base64");
      const index = at < 0 ? bytes.length + at : at;
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      return before + bytes.toString("base64");
    });
  const cases: Record<string, string> = {
    "no signature": withEncryptedAssertion(unsigned, own),
    "another's signature inside": withEncryptedAssertion(provider.sign(unsigned, { by: impostor }), own),
    "another's signature of the response": provider.sign(encrypted, { what: "Response", by: impostor }),
    "another's key": withEncryptedAssertion(signed, impostor.privateKey),
    "a changed tag": changed(encrypted, -1),
    "a changed beginning": changed(cbc, 20),
    "changed padding": changed(cbc, -17),
    "no bytes": encrypted.replace(/(.*<xenc:CipherValue>)[^<]*/s, "$1"),
    "another method": encrypted.replace("xmlenc11#aes256-gcm", "xmlenc#tripledes-cbc"),
    "a key by PKCS #1 v1.5": encrypted.replace("rsa-oaep-mgf1p", "rsa-1_5"),
    "two keys": encrypted.replace(/<xenc:EncryptedKey>.*<\/xenc:EncryptedKey>/s, (key) => key + key),
    "something else than XML": withEncryptedAssertion(signed.replace("<saml:Subject>", "<saml:Subject"), own),
    "two assertions": withEncryptedAssertion(
      signed.replace("<saml:Subject>", `<saml:Advice>${signed}</saml:Advice><saml:Subject>`),
      own,
    ),
  };
  for (const [what, xml] of Object.entries(cases)) {
    await t.test(what, () => assert.equal(believed(xml), "unsigned"));
  }
  assert.equal(believed(encrypted, []), "encrypted");
  assert.equal(
    believed(encrypted.replace("</samlp:Response>", `${/<saml:Assertion .*<\/saml:Assertion>/s.exec(signed)?.[0]}$&`)),
    "malformed",
  );
});
