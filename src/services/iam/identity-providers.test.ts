import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { iamService, iamStore } from "./index.ts";

const Url = "https://token.actions.githubusercontent.com";
const thumbprint = "6938fd4d98bab03faadb97b34396831e3780aea1";
const metadata = `<?xml version="1.0"?>
<!-- made by hand --><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="2030-01-01T00:00:00Z"
 entityID="https://idp.example.com/${"x".repeat(1000)}"><md:IDPSSODescriptor/></md:EntityDescriptor>`;

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock: fakeClock() }));
    return { iam, store, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`an OpenID Connect provider is made, shown, changed, found by its issuer and deleted (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam, store } = context;
    const created = await iam.createOpenIDConnectProvider({
      Url,
      ClientIDList: ["sts.amazonaws.com"],
      ThumbprintList: [thumbprint],
      Tags: [{ Key: "a", Value: "b" }],
    });
    const OpenIDConnectProviderArn = `arn:aws:iam::${testAccount}:oidc-provider/token.actions.githubusercontent.com`;
    assert.equal(created.OpenIDConnectProviderArn, OpenIDConnectProviderArn);
    await assert.rejects(iam.createOpenIDConnectProvider({ Url }), {
      name: "EntityAlreadyExistsException",
      message: `Provider with url ${Url} already exists.`,
    });
    await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: "two" });
    await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: "two" });
    await iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: "sts.amazonaws.com" });
    const ThumbprintList = ["a".repeat(40)];
    await iam.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList });
    await iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: [{ Key: "A", Value: "c" }] });
    const { $metadata: _, ...shown } = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn });
    assert.deepEqual(shown, {
      Url: "token.actions.githubusercontent.com",
      ClientIDList: ["two"],
      ThumbprintList,
      CreateDate: new Date("2026-01-02T03:04:05.000Z"),
      Tags: [
        { Key: "a", Value: "b" },
        { Key: "A", Value: "c" },
      ],
    });
    await iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ["a"] });
    assert.deepEqual((await iam.listOpenIDConnectProviderTags({ OpenIDConnectProviderArn })).Tags, [
      { Key: "A", Value: "c" },
    ]);
    for (const issuer of [Url, "token.actions.githubusercontent.com"]) {
      assert.deepEqual((await store.providers.oidc.find(testAccount, issuer))?.clientIds, ["two"]);
    }
    assert.equal(await store.providers.oidc.find("222222222222", Url), undefined);
    assert.deepEqual((await iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList, [
      { Arn: OpenIDConnectProviderArn },
    ]);
    await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn });
    await assert.rejects(iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn }), {
      name: "NoSuchEntityException",
      message: `OpenId connect Provider ${OpenIDConnectProviderArn} cannot be found.`,
    });
    await assert.rejects(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }), {
      name: "NoSuchEntityException",
      message: `OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
    });
  });

  test(`CreateOpenIDConnectProvider refuses what is no issuer, thumbprint or client (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    for (const wrong of [
      "http://a.example",
      "a.example",
      "https://",
      "https://a.example:8443",
      "https://a.example?b",
    ]) {
      await assert.rejects(iam.createOpenIDConnectProvider({ Url: wrong }), {
        name: "ValidationError",
        message: "Invalid Open ID Connect Provider URL",
      });
    }
    await assert.rejects(iam.createOpenIDConnectProvider({ Url, ThumbprintList: Array(6).fill(thumbprint) }), {
      name: "InvalidInputException",
      message: "Thumbprint list must contain fewer than 5 entries.",
    });
    await assert.rejects(iam.createOpenIDConnectProvider({ Url, ThumbprintList: ["z".repeat(40)] }), {
      name: "InvalidInputException",
    });
    const ClientIDList = Array.from({ length: 101 }, (_, index) => `c${index}`);
    await assert.rejects(iam.createOpenIDConnectProvider({ Url, ClientIDList }), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
    });
    for (const OpenIDConnectProviderArn of [
      "arn:aws:iam::999999999999:oidc-provider/a",
      "not an ARN, but long enough",
    ]) {
      await assert.rejects(iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn }), {
        name: "InvalidInputException",
        message: `ARN ${OpenIDConnectProviderArn} is not valid.`,
      });
    }
  });

  test(`a SAML provider keeps its metadata as it was given (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const { SAMLProviderArn } = await iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument: metadata });
    assert.equal(SAMLProviderArn, `arn:aws:iam::${testAccount}:saml-provider/idp`);
    await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument: metadata }), {
      name: "EntityAlreadyExistsException",
    });
    const shown = await iam.getSAMLProvider({ SAMLProviderArn });
    assert.equal(shown.SAMLMetadataDocument, metadata);
    assert.equal(shown.AssertionEncryptionMode, "Allowed");
    assert.deepEqual(shown.ValidUntil, new Date("2030-01-01T00:00:00.000Z"));
    const later = metadata.replace("2030-01-01", "2031-01-01");
    await iam.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: later });
    await iam.tagSAMLProvider({ SAMLProviderArn, Tags: [{ Key: "a", Value: "b" }] });
    assert.deepEqual((await iam.listSAMLProviders({})).SAMLProviderList, [
      {
        Arn: SAMLProviderArn,
        ValidUntil: new Date("2031-01-01T00:00:00.000Z"),
        CreateDate: new Date("2026-01-02T03:04:05.000Z"),
      },
    ]);
    assert.deepEqual((await iam.listSAMLProviderTags({ SAMLProviderArn })).Tags, [{ Key: "a", Value: "b" }]);
    await iam.untagSAMLProvider({ SAMLProviderArn, TagKeys: ["a"] });
    assert.deepEqual((await iam.getSAMLProvider({ SAMLProviderArn })).Tags, []);
    await iam.deleteSAMLProvider({ SAMLProviderArn });
    for (const gone of [iam.deleteSAMLProvider({ SAMLProviderArn }), iam.getSAMLProvider({ SAMLProviderArn })]) {
      const message = `Manifest not found for arn ${SAMLProviderArn}`;
      await assert.rejects(gone, { name: "NoSuchEntityException", message });
    }
  });

  test(`CreateSAMLProvider refuses what is no metadata, in little time (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const long = "<!-- -->".repeat(100_000);
    for (const wrong of [
      "x".repeat(1000),
      `${long}<a/>`,
      `<!--${"-".repeat(900_000)}`,
      metadata.replace("2030-", "x-"),
    ]) {
      await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument: wrong }), {
        name: "InvalidInputException",
        message: "Could not parse metadata",
      });
    }
    const AddPrivateKey = "-----BEGIN RSA PRIVATE KEY-----";
    await assert.rejects(iam.createSAMLProvider({ Name: "idp", SAMLMetadataDocument: metadata, AddPrivateKey }), {
      name: "InvalidInputException",
      message: "Private keys of SAML providers are not supported",
    });
  });
}
