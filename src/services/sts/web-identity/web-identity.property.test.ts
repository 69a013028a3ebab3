import { randomInt } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { identityProvider } from "../../../../test/support/identity-provider.ts";
import { fakeClock } from "../../../clock.ts";
import { ApiError } from "../../../model/api-error.ts";
import { identityProviderKeys } from "./provider-keys.ts";
import { webIdentity } from "./web-identity.ts";

const seed = Number(process.env.SEALIFT_FUZZ_SEED ?? randomInt(2 ** 31));
const issuer = "https://idp.example.com";
const roleArn = "arn:aws:iam::111122223333:role/r";
const tags = "https://aws.amazon.com/tags";

const names = ["aud", "azp", "sub", "amr", "nbf", "iat", "jti", "https://aws.amazon.com/source_identity", tags];
const flat = [`${tags}/principal_tags/a`, `${tags}/principal_tags/__proto__`, `${tags}/transitive_tag_keys`];
const value = fc.oneof(
  fc.constantFrom<unknown>("client", ["client"], ["x", "client"], "a\0b", null, {}, [], [[]], 0, -1, 1e300, true),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.record({ principal_tags: fc.jsonValue(), transitive_tag_keys: fc.jsonValue() }),
  fc.jsonValue(),
);
const claims = fc.dictionary(fc.constantFrom(...names, ...flat), value, { maxKeys: 3 });

test("whatever a provider signs is an identity or an error of the API's", async (t) => {
  t.diagnostic(`seed ${seed}: SEALIFT_FUZZ_SEED=${seed} repeats it`);
  const clock = fakeClock();
  const provider = await identityProvider(issuer, () => clock.now(), "ES256");
  const options = {
    ...{ clock, partition: "aws", keysOf: identityProviderKeys({ clock, fetch: provider.fetch }) },
    oidcProviders: { findOidcProvider: async () => ({ url: "idp.example.com", clientIds: ["client"] }) },
    onUnavailable(error: Error) {
      throw error;
    },
  };
  const outcomes = { identity: 0, error: 0 };
  async function ask(token: string) {
    try {
      await webIdentity(options, { token, roleArn });
      outcomes.identity++;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      outcomes.error++;
    }
  }
  const settings = { numRuns: 1_000, seed };
  await fc.assert(
    fc.asyncProperty(claims, fc.boolean(), async (found, isPlain) => {
      await ask(await provider.token({ claims: { ...(isPlain && { aud: "client", sub: "subject" }), ...found } }));
    }),
    settings,
  );
  const part = fc.oneof(
    fc.string(),
    fc.jsonValue().map((json) => Buffer.from(JSON.stringify(json)).toString("base64url")),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 6 }), (parts) => ask(parts.join("."))),
    settings,
  );
  t.diagnostic(JSON.stringify(outcomes));
  if (outcomes.identity < 30) throw new Error("tokens no longer get through");
});
