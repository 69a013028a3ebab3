import assert from "node:assert/strict";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { databases } from "../../../../test/support/databases.ts";
import { type ResponseOptions, samlMetadata } from "../../../../test/support/saml-provider.ts";
import { iamArn } from "../sts.fixture.ts";
import { invalid, minute, notAuthorized, PrincipalArn, RoleArn, setUp } from "./assume-role-with-saml.fixture.ts";

for (const kind of databases()) {
  test(`AssumeRoleWithSAML refuses responses that prove nothing (${kind.name})`, async (t) => {
    const { context, provider, iam, assume, with: assumeWith } = await setUp(kind);
    await using _ = context;
    const signed = provider.sign(provider.response());
    const malformed = "Your request included an invalid SAML response";
    const audience = "Response does not contain the required audience";
    const expired = "Token must be redeemed within 5 minutes of issuance";
    const attribute = (attributes: ResponseOptions["attributes"]) => assumeWith(attributes ? { attributes } : {});
    const impostor = await certified(1024);
    const cases: readonly (readonly [string, () => Promise<unknown>, string, string | RegExp])[] = [
      ["no base64", () => assume("<samlp:Response/>"), invalid, "Invalid base64 SAMLResponse"],
      ["no XML", () => assume(provider.encoded("no XML")), invalid, malformed],
      ["no UTF-8", () => assume(Buffer.of(0xff, 0xfe, 0x3c).toString("base64")), invalid, malformed],
      ["no signature", () => assume(provider.encoded(provider.response())), invalid, "Response signature invalid"],
      [
        "another key's signature",
        () => assume(provider.encoded(provider.sign(provider.response(), { by: impostor }))),
        invalid,
        "Response signature invalid",
      ],
      [
        "a changed name",
        () => assume(provider.encoded(signed.replace("mary@", "root@"))),
        invalid,
        /signature invalid$/,
      ],
      [
        "a refusal",
        () => assumeWith({ status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }),
        "IDPRejectedClaimException",
        "The identity provider reported that authentication failed",
      ],
      [
        "an encrypted assertion",
        () => assume(provider.encoded(signed.replaceAll("saml:Assertion", "saml:EncryptedAssertion"))),
        invalid,
        "The specified provider has no private key to decrypt the response",
      ],
      [
        "another issuer",
        () => assumeWith({ issuer: "https://other" }),
        invalid,
        "Issuer not present in specified provider",
      ],
      ["another recipient", () => assumeWith({ recipient: "https://example.com/saml" }), invalid, audience],
      [
        "a recipient like AWS",
        () => assumeWith({ recipient: "https://signin.aws.amazon.com.x.com/saml" }),
        invalid,
        audience,
      ],
      [
        "another provider's id",
        () => assumeWith({ recipient: "https://signin.aws.amazon.com/saml/acs/ASPX" }),
        invalid,
        audience,
      ],
      ["another audience", () => assumeWith({ audience: "https://example.com" }), invalid, audience],
      [
        "an old one",
        () => assumeWith({ issued: -5 * minute - 1, notOnOrAfter: minute }),
        "ExpiredTokenException",
        expired,
      ],
      ["one that is over", () => assumeWith({ notOnOrAfter: -1 }), "ExpiredTokenException", expired],
      ["a session that is over", () => assumeWith({ sessionNotOnOrAfter: -1 }), "ExpiredTokenException", expired],
      [
        "one for later",
        () => assumeWith({ notBefore: 6 * minute, notOnOrAfter: 9 * minute }),
        invalid,
        /not valid yet$/,
      ],
      ["one from later", () => assumeWith({ issued: 6 * minute, notOnOrAfter: 9 * minute }), invalid, /not valid yet$/],
      ["no subject", () => assumeWith({ nameId: "" }), "AccessDenied", notAuthorized.message],
      ["no role", () => attribute({ Role: undefined }), "AccessDenied", notAuthorized.message],
      ["another role", () => attribute({ Role: `${RoleArn}2,${PrincipalArn}` }), "AccessDenied", notAuthorized.message],
      [
        "another provider's role",
        () => attribute({ Role: `${RoleArn},${PrincipalArn}2` }),
        "AccessDenied",
        notAuthorized.message,
      ],
      [
        "no session name",
        () => attribute({ RoleSessionName: undefined }),
        invalid,
        "RoleSessionName is required in AuthnResponse",
      ],
      [
        "a session name with a blank",
        () => attribute({ RoleSessionName: "John Doe" }),
        invalid,
        "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}",
      ],
      ["two session names", () => attribute({ RoleSessionName: ["mary", "bob"] }), invalid, malformed],
      [
        "a source identity with a blank",
        () => attribute({ SourceIdentity: "a b" }),
        invalid,
        'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"',
      ],
      [
        "a duration that is none",
        () => attribute({ SessionDuration: "1e4" }),
        invalid,
        /^SessionDuration in AuthnResponse/,
      ],
      [
        "a provider that is not there",
        () => assume(provider.assertion(), { PrincipalArn: `${PrincipalArn}2` }),
        invalid,
        "Specified provider doesn't exist",
      ],
      [
        "a provider that is none",
        () => assume(provider.assertion(), { PrincipalArn: iamArn("role/corp") }),
        "ValidationError",
        "Request ARN is invalid",
      ],
      [
        "a role of another account",
        () => {
          const RoleArn = "arn:aws:iam::444455556666:role/dev";
          const attributes = { Role: `${RoleArn},${PrincipalArn}` };
          return assumeWith({ attributes }, { RoleArn });
        },
        "AccessDenied",
        notAuthorized.message,
      ],
    ];
    for (const [what, request, name, message] of cases) {
      await t.test(what, async () => assert.rejects(request(), { name, message }));
    }
    await t.test("a provider with other keys, or one that has expired", async () => {
      const { certificate } = await certified(1024);
      const update = (SAMLMetadataDocument: string) =>
        iam.updateSAMLProvider({ SAMLProviderArn: PrincipalArn, SAMLMetadataDocument });
      await update(samlMetadata([certificate]));
      await assert.rejects(assumeWith({}), { name: invalid, message: "Response signature invalid" });
      await update(samlMetadata([certificate, provider.certificate]));
      assert.ok(await assumeWith({}), "one of two keys");
      await update(samlMetadata([provider.certificate], { attributes: 'validUntil="2020-01-01T00:00:00Z"' }));
      await assert.rejects(assumeWith({}), { message: "The metadata of the specified provider has expired" });
    });
    assert.deepEqual(context.failures, []);
  });
}
