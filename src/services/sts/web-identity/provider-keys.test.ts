import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { jwtVerify } from "jose";
import { gitHubClaims, identityProvider } from "../../../../test/support/identity-provider.ts";
import { fakeClock } from "../../../clock.ts";
import { identityProviderKeys, type KeysUnavailable } from "./provider-keys.ts";

const issuer = "https://idp.example.com/tenant";
const discovery = `${issuer}/.well-known/openid-configuration`;

async function setUp(alg?: string) {
  const clock = fakeClock();
  const provider = await identityProvider(issuer, () => clock.now(), alg);
  const keysOf = identityProviderKeys({ clock, fetch: provider.fetch });
  const verify = async (token: string | Promise<string>) =>
    jwtVerify(await token, keysOf(issuer), { currentDate: clock.now() });
  const token = (kid?: string) => provider.token({ claims: gitHubClaims, ...(kid !== undefined && { kid }) });
  const reads = () => provider.asked.get(discovery) ?? 0;
  return { clock, provider, verify, token, reads };
}

for (const alg of ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]) {
  test(`a provider's keys verify its tokens, signed by ${alg}`, async () => {
    const { verify, token } = await setUp(alg);
    assert.equal((await verify(token())).payload.sub, gitHubClaims.sub);
  });
}

test("a provider is asked once for many tokens, and again after an hour", async () => {
  const { clock, verify, token, reads } = await setUp();
  await Promise.all(Array.from({ length: 5 }, () => verify(token())));
  clock.advance(3_599_000);
  await verify(token());
  assert.equal(reads(), 1);
  clock.advance(1_000);
  await verify(token());
  assert.equal(reads(), 2);
});

test("a key that is not known has the provider asked again, at most every 30 seconds", async () => {
  const { clock, provider, verify, token, reads } = await setUp();
  await verify(token());
  await provider.rotate("key-2");
  await assert.rejects(verify(token()), { name: "JWKSNoMatchingKey" });
  assert.equal(reads(), 1, "it was asked only just now");
  clock.advance(30_000);
  await Promise.all([verify(token()), verify(token())]);
  for (let index = 0; index < 20; index++) await assert.rejects(verify(token(`none-${index}`)));
  assert.equal(reads(), 2);
});

test("a provider that comes back is asked again", async () => {
  const { clock, provider, verify, token } = await setUp();
  const document = provider.documents.get(discovery)!;
  provider.documents.delete(discovery);
  await assert.rejects(verify(token()), { name: "KeysUnavailable", reason: "unreachable" });
  provider.documents.set(discovery, document);
  await assert.rejects(verify(token()), { name: "KeysUnavailable" }, "not at once");
  clock.advance(30_000);
  await verify(token());
});

const jwks = { issuer, jwks_uri: `${issuer}/keys` };
const bad: readonly (readonly [string, () => Response, KeysUnavailable["reason"]])[] = [
  ["an error of the server", () => new Response("", { status: 503 }), "unreachable"],
  ["nothing there", () => new Response("", { status: 404 }), "unusable"],
  ["what is no JSON", () => new Response("<html>"), "unusable"],
  ["JSON that is no object", () => Response.json(null), "unusable"],
  ["another issuer's document", () => Response.json({ ...jwks, issuer: "https://idp.example.com" }), "unusable"],
  ["no jwks_uri", () => Response.json({ issuer }), "unusable"],
  ["a jwks_uri of no form", () => Response.json({ issuer, jwks_uri: "keys" }), "unusable"],
  ["keys over plain HTTP", () => Response.json({ issuer, jwks_uri: "http://169.254.169.254/keys" }), "unusable"],
  ["keys in a file", () => Response.json({ issuer, jwks_uri: "file:///etc/passwd" }), "unusable"],
  ["an endless document", () => new Response("x".repeat(300 * 1024)), "unusable"],
];
for (const [what, answer, reason] of bad) {
  test(`keys are not to be had from a provider that answers with ${what}`, async () => {
    const { provider, verify, token } = await setUp();
    provider.documents.set(discovery, answer);
    await assert.rejects(verify(token()), { name: "KeysUnavailable", reason });
  });
}

test("a malformed key set is no key set", async () => {
  const { provider, verify, token } = await setUp();
  for (const keys of [{}, { keys: "x" }, { keys: [1] }]) {
    provider.documents.set(`${issuer}/keys`, () => Response.json(keys));
    await assert.rejects(verify(token()), { name: /KeysUnavailable|JWKSNoMatchingKey/ });
  }
});

test("a redirect is not followed, and plain HTTP is spoken on this machine only", async () => {
  const clock = fakeClock();
  const server = createServer((request, response) => {
    if (request.url === "/keys") return void response.writeHead(302, { location: "/elsewhere" }).end();
    if (request.url === "/elsewhere") return void response.end('{"keys":[]}');
    response.end(JSON.stringify({ issuer: local, jwks_uri: `${local}/keys` }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const keysOf = identityProviderKeys({ clock, fetch: globalThis.fetch });
    const provider = await identityProvider(local, () => clock.now());
    const token = await provider.token();
    const options = { currentDate: clock.now() };
    await assert.rejects(jwtVerify(token, keysOf(local), options), (error: KeysUnavailable) => {
      assert.equal(error.reason, "unreachable");
      assert.match(error.message, /\/keys$/, "the discovery document was read");
      return true;
    });
    await assert.rejects(jwtVerify(token, keysOf("http://example.com"), options), {
      message: /^Neither HTTPS nor on this machine/,
    });
  } finally {
    server.close();
  }
});

test("a provider that never ends its answer is not waited for", async () => {
  const clock = fakeClock();
  for (const begins of [false, true]) {
    const server = createServer((_request, response) => {
      if (begins) response.write("{");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const keysOf = identityProviderKeys({ clock, fetch: globalThis.fetch, patience: 50 });
      const provider = await identityProvider(local, () => clock.now());
      const verified = jwtVerify(await provider.token(), keysOf(local), { currentDate: clock.now() });
      await assert.rejects(verified, { name: "KeysUnavailable", reason: "unreachable" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
});
