import assert from "node:assert/strict";
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { certified } from "../../test/support/certificate.ts";
import { samlProvider } from "../../test/support/saml-provider.ts";
import { workTime } from "../../test/support/work-time.ts";
import { systemClock } from "../clock.ts";
import { readAssertion, signedAssertion } from "./index.ts";

const provider = await samlProvider({
  roleArn: "arn:aws:iam::111122223333:role/r",
  providerArn: "arn:aws:iam::111122223333:saml-provider/p",
  now: () => systemClock.now(),
});
const impostor = await certified(1024);
const { certificate } = provider;
const user = "mary@example.com";
const unsigned = provider.response();
const signed = provider.sign(unsigned);
const assertionOf = (xml: string) => /<saml:Assertion .*<\/saml:Assertion>/s.exec(xml)?.[0] ?? "";
const signatureOf = (xml: string) => /<Signature .*?<\/Signature>/s.exec(xml)?.[0] ?? "";
const evil = assertionOf(unsigned).replace(user, "root@example.com");

/** The name that would be believed, or why none is. */
function believed(xml: string, certificates = [certificate], keys: readonly KeyObject[] = []): string | undefined {
  const found = signedAssertion(xml, { certificates, privateKeys: keys });
  return typeof found === "string" ? found : readAssertion(found.assertion)?.subject?.name;
}

for (const name of ["rsa-sha256", "rsa-sha512", "rsa-pss-sha256"]) {
  test(`a response that another program signed is verified (${name})`, () => {
    const sample = (file: string) => readFileSync(join(import.meta.dirname, "samples", file), "utf8");
    const own = sample("signxml-certificate.txt").replace(/\s/g, "");
    const xml = sample(`signxml-${name}.xml`);
    assert.equal(believed(xml, [certificate, own]), "märy & co");
    assert.equal(believed(xml), "unsigned");
    assert.equal(believed(xml.replace("&amp; co", "&amp; Co"), [own]), "unsigned");
  });
}

test("the signature may be the assertion's, the response's, or both must be good", () => {
  const whole = provider.sign(unsigned, { what: "Response" });
  const both = provider.sign(signed, { what: "Response" });
  assert.deepEqual(
    [signed, whole, both].map((xml) => believed(xml)),
    [user, user, user],
  );
  assert.equal(believed(provider.sign(signed, { what: "Response", by: impostor })), "unsigned");
  assert.equal(believed(both.replace('ID="_response" Version="2.0"', 'ID="_response" Version="2.1"')), "unsigned");
});

test("nothing but a key of the provider's signs an assertion", async (t) => {
  const sha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
  const cases: Record<string, string> = {
    "no signature": unsigned,
    "another key, which the signature brings along": provider.sign(unsigned, { by: impostor }),
    "a changed name": signed.replace(user, "root@example.com"),
    "a changed attribute": signed.replace("role/r,", "role/admin,"),
    "an added attribute": signed.replace(
      "</saml:AttributeStatement>",
      '<saml:Attribute Name="x"/></saml:AttributeStatement>',
    ),
    "SHA-1 in the signature": provider.sign(unsigned, { algorithm: sha1 }),
    "SHA-1 in the digest": provider.sign(unsigned, { digest: "http://www.w3.org/2000/09/xmldsig#sha1" }),
    "a method that is a shared secret's": signed.replace(
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
      "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    ),
    "no method": signed.replace(/<SignatureMethod [^>]*>/, ""),
    "an empty value": signed.replace(/<SignatureValue>[^<]*/, "<SignatureValue>"),
    "a reference to nothing": signed.replace('URI="#_assertion"', 'URI=""'),
    "a reference to elsewhere": signed.replace('URI="#_assertion"', 'URI="#_response"'),
    "a reference with a query": signed.replace('URI="#_assertion"', `URI="#_assertion' or 'a'='a"`),
    "two references": signed.replace(/<Reference .*<\/Reference>/s, (reference) => reference + reference),
    "two bodies of a signature": signed.replace(/<SignedInfo>.*<\/SignedInfo>/s, (info) => info + info),
    "a transform that selects": signed.replace(
      "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
      "http://www.w3.org/TR/1999/REC-xpath-19991116",
    ),
    "no transforms": signed.replace(/<Transforms>.*<\/Transforms>/s, ""),
    "a signature that nobody made": signed.replace(/<SignatureValue>[^<]*/, `<SignatureValue>${"A".repeat(342)}==`),
  };
  for (const [what, xml] of Object.entries(cases)) {
    await t.test(what, () => {
      assert.ok(xml === unsigned || xml !== signed, "the response was changed");
      assert.equal(believed(xml), "unsigned");
    });
  }
  assert.equal(believed(signed, []), "unsigned", "no key at all");
});

test("no other assertion is read than the one that is signed", async (t) => {
  const signature = signatureOf(signed);
  const original = assertionOf(signed);
  const bare = original.replace(signature, "");
  const inside = (element: string, content: string) =>
    signed
      .replace(original, evil.replace("</saml:Issuer>", `</saml:Issuer>${signature}`))
      .replace("</samlp:Status>", `</samlp:Status><${element}>${content}</${element}>`);
  const cases: Record<string, string> = {
    "one before it": signed.replace(original, evil.replace("_assertion", "_evil") + original),
    "one after it": signed.replace(original, original + evil.replace("_assertion", "_evil")),
    "one of the same id": signed.replace(original, evil + original),
    "the signed one in an extension": inside("samlp:Extensions", bare),
    "the signed one in an extension, under its id": inside("samlp:Extensions", bare).replace(
      'ID="_assertion"',
      'ID="_evil"',
    ),
    "the signed one inside of its signature": signed.replace(
      original,
      evil.replace(
        "</saml:Issuer>",
        `</saml:Issuer>${signature.replace("</Signature>", `<Object>${bare}</Object></Signature>`)}`,
      ),
    ),
    "the signed one inside of another": signed.replace(
      original,
      evil
        .replace("_assertion", "_evil")
        .replace("<saml:Subject>", `<saml:Advice>${original}</saml:Advice><saml:Subject>`),
    ),
    "the signature at another place": signed
      .replace(original, evil.replace("_assertion", "_evil"))
      .replace("</samlp:Status>", `</samlp:Status><samlp:Extensions>${original}</samlp:Extensions>`),
    "the signed one under another name": signed.replace(
      original,
      evil + original.replaceAll("saml:Assertion", "saml:Other"),
    ),
    "a response inside of a response": unsigned
      .replace(assertionOf(unsigned), evil.replace("_assertion", "_evil"))
      .replace("</samlp:Status>", `</samlp:Status>${signed}`),
  };
  for (const [what, xml] of Object.entries(cases)) {
    await t.test(what, () => {
      assert.ok(xml.includes("root@example.com"), "somebody else's name is in it");
      assert.match(believed(xml) ?? "", /^(malformed|unsigned)$/);
    });
  }
});

test("comments change no name, whether they were signed or added", () => {
  const commented = provider.response({ nameId: "<saml:NameID>mary@example.com<!-- -->.evil.com</saml:NameID>" });
  assert.equal(believed(provider.sign(commented)), "mary@example.com.evil.com");
  assert.equal(believed(signed.replace("mary@", "mary<!-- root -->@")), user);
  assert.equal(
    believed(provider.sign(provider.response({ nameId: "<saml:NameID>a<![CDATA[<b>]]>c</saml:NameID>" }))),
    "a<b>c",
  );
});

test("documents that are no response are refused, in little time", async (t) => {
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");
  const cases: Record<string, string> = {
    "no XML": "x".repeat(75_000),
    "an end that is missing": signed.slice(0, -10),
    "another root": assertionOf(signed),
    "another namespace": signed.replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
    "an entity of its own": `<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>${signed.replace(user, "&e;")}`,
    "a billion laughs": `<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]>${signed.replace(user, "&l9;")}`,
    "a document type in lower case": `<!doctype r>${signed}`,
    "an unknown entity": signed.replace(user, "&e;"),
    "many levels": signed.replace(user, "<a>".repeat(4_000) + "</a>".repeat(4_000)),
    "many elements": signed.replace(user, "<a/>".repeat(15_000)),
    "many comments": signed.replace(user, "<!---->".repeat(10_000)),
    "an attribute twice": signed.replace('Version="2.0"', 'Version="2.0" Version="2.0"'),
    "a namespace that is not declared": signed.replaceAll('xmlns:saml="', 'xmlns:other="'),
  };
  for (const [what, xml] of Object.entries(cases)) {
    await t.test(what, () => {
      const busy = workTime(() => assert.match(believed(xml) ?? "", /^(malformed|unsigned)$/));
      assert.ok(busy < 2_000, `busy for ${busy} ms`);
    });
  }
});

test("a response says why it has no assertion", () => {
  const encrypted = unsigned.replace(
    assertionOf(unsigned),
    (xml) =>
      `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${xml.length}</saml:EncryptedAssertion>`,
  );
  assert.equal(believed(encrypted), "encrypted");
  const failed = provider.response({ status: "urn:oasis:names:tc:SAML:2.0:status:Responder" });
  assert.equal(believed(provider.sign(failed)), "refused");
});
