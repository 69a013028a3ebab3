import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { certified } from "../../../../test/support/certificate.ts";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { withEncryptedAssertion } from "../../../../test/support/encrypted-assertion.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import type { ResponseOptions } from "../../../../test/support/saml-provider.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { iamArn } from "../sts.fixture.ts";
import {
  actions,
  invalid,
  minute,
  notAuthorized,
  PrincipalArn,
  RoleArn,
  setUp,
  trust,
} from "./assume-role-with-saml.fixture.ts";

for (const kind of databases()) {
  test(`AssumeRoleWithSAML gives a session to whom the provider's response names (${kind.name})`, async () => {
    const { context, provider, iam, assume, setTrust, lasts } = await setUp(kind);
    await using _ = context;
    const qualifier = createHash("sha1").update(`https://idp.example.com/saml${testAccount}/corp`).digest("base64");
    const known = {
      "saml:aud": "https://signin.aws.amazon.com/saml",
      "saml:iss": "https://idp.example.com/saml",
      "saml:doc": `${testAccount}/corp`,
    };
    const lasting = {
      "saml:sub": "mary@example.com",
      "saml:sub_type": "persistent",
      "saml:namequalifier": qualifier,
    };
    await setTrust(trust({ StringEquals: { ...known, ...lasting, "sts:RoleSessionName": "mary" } }));
    const PolicyDocument = policy({
      ...allow(["ssm:PutParameter"]),
      Condition: {
        StringEquals: { ...lasting, "aws:FederatedProvider": PrincipalArn },
        // The other keys are for trust policies only.
        Null: { "saml:aud": "true", "saml:iss": "true", "saml:doc": "true" },
      },
    });
    await iam.putRolePolicy({ RoleName: "dev", PolicyName: "p", PolicyDocument });
    const answer = await assume(provider.assertion());
    const { $metadata: __, Credentials: _given, AssumedRoleUser: user, ...members } = answer;
    assert.deepEqual(members, {
      Subject: "mary@example.com",
      SubjectType: "persistent",
      Issuer: "https://idp.example.com/saml",
      Audience: "https://signin.aws.amazon.com/saml",
      NameQualifier: qualifier,
    });
    assert.equal(lasts(answer), 3600);
    const session = context.as(credentialsIn(answer));
    const identity = await session.sts.getCallerIdentity({});
    assert.equal(identity.Arn, `arn:aws:sts::${testAccount}:assumed-role/dev/mary`);
    assert.deepEqual([user?.Arn, user?.AssumedRoleId], [identity.Arn, identity.UserId]);
    await session.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    await assert.rejects(session.ssm.getParameter({ Name: "p" }), { name: "AccessDeniedException" });
    const { Events: events = [] } = await context.root.cloudTrail.lookupEvents({
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "AssumeRoleWithSAML" }],
    });
    const event = JSON.parse(events[0]!.CloudTrailEvent!);
    assert.deepEqual(event.userIdentity, {
      ...{ type: "SAMLUser", principalId: `${qualifier}:mary@example.com`, userName: "mary@example.com" },
      identityProvider: qualifier,
    });
    assert.ok(!events[0]!.CloudTrailEvent!.includes(provider.encoded("<samlp:Response").slice(0, 16)));
    assert.deepEqual(context.failures, []);
  });

  test(`AssumeRoleWithSAML takes tags and source identity from the response (${kind.name})`, async () => {
    const { context, iam, with: assumeWith, setTrust } = await setUp(kind);
    await using _ = context;
    const attributes = {
      "PrincipalTag:Team": "web",
      "PrincipalTag:env": "prod",
      TransitiveTagKeys: ["Team"],
      SourceIdentity: "mary.m",
    };
    await setTrust(trust({}, actions.slice(0, 1)));
    const denied = (action: string) => ({ name: "AccessDenied", message: `Not authorized to perform ${action}` });
    await assert.rejects(assumeWith({ attributes }), denied("sts:TagSession"));
    await setTrust(trust({}, actions.slice(0, 2)));
    await assert.rejects(assumeWith({ attributes }), denied("sts:SetSourceIdentity"));
    await setTrust(
      trust({
        StringEquals: { "aws:RequestTag/Team": "web", "sts:SourceIdentity": "mary.m" },
        "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["Team"] },
      }),
    );
    const PolicyDocument = policy({
      ...allow(["ssm:PutParameter"]),
      Condition: { StringEquals: { "aws:PrincipalTag/Team": "web", "aws:SourceIdentity": "mary.m" } },
    });
    await iam.putRolePolicy({ RoleName: "dev", PolicyName: "p", PolicyDocument });
    const answer = await assumeWith({ attributes });
    assert.equal(answer.SourceIdentity, "mary.m");
    assert.ok((answer.PackedPolicySize ?? 0) > 0);
    await context.as(credentialsIn(answer)).ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    const rejected = { name: "IDPRejectedClaimException" };
    for (const wrong of [
      { "PrincipalTag:Team": ["a", "b"] },
      { "PrincipalTag:Team": "a", "PrincipalTag:team": "b" },
      { "PrincipalTag:aws:x": "a" },
      { TransitiveTagKeys: "x" },
    ]) {
      await assert.rejects(assumeWith({ attributes: wrong }), rejected);
    }
  });

  test(`AssumeRoleWithSAML is decided by the trust policy's conditions (${kind.name})`, async (t) => {
    const { context, iam, with: assumeWith, setTrust } = await setUp(kind);
    await using _ = context;
    const edu = "urn:oid:1.3.6.1.4.1.5923.1.1.1.1";
    const attributes = {
      [edu]: ["staff", "member"],
      "urn:oid:1.3.6.1.4.1.5923.1.1.1.6": "mary@example.com",
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": "m@example.com",
      "2.5.4.4": "Miller",
      "urn:oid:1.3.6.1.4.1.5923.1.2.1.6": "https://pages.example.com",
    };
    const equals = (key: string, value: string) => trust({ StringEquals: { [`saml:${key}`]: value } });
    const cases: readonly (readonly [string, string, boolean])[] = [
      [
        "one of many affiliations",
        trust({ "ForAnyValue:StringEquals": { "saml:edupersonaffiliation": "staff" } }),
        true,
      ],
      ["all affiliations", trust({ "ForAllValues:StringEquals": { "saml:eduPersonAffiliation": ["staff"] } }), false],
      ["the principal name", equals("edupersonprincipalname", "mary@example.com"), true],
      ["a claim of Active Directory", equals("mail", "m@example.com"), true],
      ["an attribute of X.500", equals("surname", "Miller"), true],
      ["an attribute of eduOrg", equals("eduorgwhitepagesuri", "https://pages.example.com"), true],
      ["an attribute that is not there", equals("uid", "mary"), false],
      ["another subject", equals("sub", "bob@example.com"), false],
      ["another subject type", equals("sub_type", "transient"), false],
      ["another recipient", equals("aud", "https://signin.aws.amazon.com/saml2"), false],
      ["another provider", trust().replaceAll("saml-provider/corp", "saml-provider/other"), false],
      ["the wrong action", trust({}, "sts:AssumeRoleWithWebIdentity"), false],
      ["the whole account", policy({ Effect: "Allow", Principal: { AWS: testAccount }, Action: "sts:*" }), false],
    ];
    for (const [what, document, isAllowed] of cases) {
      await t.test(what, async () => {
        await setTrust(document);
        const request = assumeWith({ attributes });
        if (isAllowed) credentialsIn(await request);
        else await assert.rejects(request, notAuthorized);
      });
    }
    await t.test("a role that is not there", async () => {
      const attributes = { Role: `${RoleArn}2,${PrincipalArn}` };
      await assert.rejects(assumeWith({ attributes }, { RoleArn: `${RoleArn}2` }), notAuthorized);
    });
    await t.test("the role is made anew between decision and session", async () => {
      await setTrust(trust());
      const { Role: role } = await iam.getRole({ RoleName: "dev" });
      context.afterDecision("sts:AssumeRoleWithSAML", async () => {
        await iam.deleteRole({ RoleName: "dev" });
        await iam.createRole({ RoleName: "dev", AssumeRolePolicyDocument: trust() });
      });
      const answer = await assumeWith({});
      assert.equal(answer.AssumedRoleUser?.AssumedRoleId, `${role?.RoleId}:mary`);
      await assert.rejects(context.as(credentialsIn(answer)).sts.getCallerIdentity({}), {
        name: "InvalidClientTokenId",
      });
    });
    assert.deepEqual(context.failures, []);
  });
}

test("AssumeRoleWithSAML takes what providers send in several forms", async () => {
  const { context, provider, iam, assume, with: assumeWith } = await setUp();
  await using _ = context;
  const { SAMLProviderUUID: id } = await iam.getSAMLProvider({ SAMLProviderArn: PrincipalArn });
  const good: readonly ResponseOptions[] = [
    { recipient: "https://eu-west-1.signin.aws.amazon.com/saml" },
    { recipient: "https://signin.aws.amazon.com/static/saml" },
    { recipient: `https://us-east-1.signin.aws.amazon.com/saml/acs/${id}` },
    { audience: "https://signin.aws.amazon.com/saml" },
    { attributes: { Role: `${PrincipalArn},${RoleArn}` } },
    { attributes: { Role: [`${iamArn("role/other")},${PrincipalArn}`, ` ${RoleArn} , ${PrincipalArn} `] } },
    { issued: -4 * minute },
    { issued: 4 * minute },
  ];
  for (const options of good) assert.ok((await assumeWith(options)).Credentials, JSON.stringify(options));
  const wrapped = provider.assertion().replace(/.{76}/g, "$&\r\n");
  assert.ok((await assume(wrapped)).Credentials, "lines");
  const once = provider.assertion();
  assert.ok((await assume(once)).Credentials);
  assert.ok((await assume(once)).Credentials, "again: one response may give several roles");
  const whole = provider.sign(provider.response(), { what: "Response" });
  assert.ok((await assume(provider.encoded(whole))).Credentials, "a signature of the response");
  const transient = `<saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">a@b</saml:NameID>`;
  const { SubjectType, Subject } = await assumeWith({ nameId: transient });
  assert.deepEqual([SubjectType, Subject], ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "a@b"]);
});

test("AssumeRoleWithSAML reads assertions that are encrypted for the provider's private key", async () => {
  const { context, provider, iam, assume } = await setUp();
  await using _ = context;
  const { privateKey } = await certified(2049);
  const AddPrivateKey = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  await iam.updateSAMLProvider({ SAMLProviderArn: PrincipalArn, AddPrivateKey });
  const encrypted = () => provider.encoded(withEncryptedAssertion(provider.sign(provider.response()), privateKey));
  assert.equal((await assume(encrypted())).Subject, "mary@example.com");
  assert.ok((await assume(provider.assertion())).Credentials, "they may be, and need not");
  await iam.updateSAMLProvider({ SAMLProviderArn: PrincipalArn, AssertionEncryptionMode: "Required" });
  assert.ok((await assume(encrypted())).Credentials);
  const message = "The specified provider requires encrypted assertions";
  await assert.rejects(assume(provider.assertion()), { name: invalid, message });
});

test("AssumeRoleWithSAML's sessions last as long as request, role and provider let them", async () => {
  const { context, with: assumeWith, lasts } = await setUp();
  await using _ = context;
  const cases: readonly (readonly [ResponseOptions, object, number])[] = [
    [{}, { DurationSeconds: 7200 }, 7200],
    [{ attributes: { SessionDuration: "1800" } }, {}, 1800],
    [{ attributes: { SessionDuration: "1800" } }, { DurationSeconds: 900 }, 900],
    [{ attributes: { SessionDuration: "43200" } }, {}, 3600],
    [{ sessionNotOnOrAfter: 10 * minute }, { DurationSeconds: 7200 }, 600],
  ];
  for (const [options, input, seconds] of cases) {
    assert.ok(Math.abs(lasts(await assumeWith(options, input)) - seconds) <= 1, JSON.stringify([options, input]));
  }
  await assert.rejects(assumeWith({}, { DurationSeconds: 7201 }), {
    message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  });
  const narrow = await assumeWith({}, { Policy: policy(allow(["ssm:*"])) });
  assert.ok((narrow.PackedPolicySize ?? 0) > 0);
  await assert.rejects(assumeWith({}, { Policy: "{" }), { name: "MalformedPolicyDocumentException" });
});

test("AssumeRoleWithSAML tells what its input lacks, and takes the largest response", async () => {
  const { context, provider } = await setUp();
  await using _ = context;
  const form = (fields: Record<string, string>) =>
    fetch(context.endpoint, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ Version: "2011-06-15", Action: "AssumeRoleWithSAML", ...fields }).toString(),
    }).then((response) => response.text());
  const SAMLAssertion = provider.assertion();
  assert.match(await form({ RoleArn, PrincipalArn }), /<Code>ValidationError<\/Code>.*sAMLAssertion/s);
  assert.match(await form({ RoleArn, SAMLAssertion }), /<Code>ValidationError<\/Code>.*principalArn/s);
  assert.match(await form({ RoleArn, PrincipalArn, SAMLAssertion: "x".repeat(100_001) }), /ValidationError.*100000/s);
  assert.doesNotMatch(await form({ RoleArn, PrincipalArn, SAMLAssertion: `${SAMLAssertion}!` }), /PHNhbWxwO/);
  const padded = provider.assertion({ attributes: { "urn:x": "é".repeat(34_000) } });
  assert.ok(padded.length > 95_000 && padded.length <= 100_000);
  assert.match(await form({ RoleArn, PrincipalArn, SAMLAssertion: padded }), /<SessionToken>/);
  assert.deepEqual(context.failures, []);
});
