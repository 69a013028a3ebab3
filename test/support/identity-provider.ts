import { createPrivateKey, createPublicKey } from "node:crypto";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { keptKeyPair } from "./kept-key-pairs.ts";

/** The parts of a token that tests choose. */
export interface TokenOptions {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The key id in the header. */
  readonly kid?: string;
}

/** An OpenID Connect identity provider. It makes tokens and answers requests for its keys. */
export async function identityProvider(issuer: string, now: () => Date, alg = "RS256") {
  const published: object[] = [];
  let signing = await newKey("key-1");
  /** The number of requests for each document. */
  const asked = new Map<string, number>();
  const documents = new Map<string, () => Response | Promise<Response>>([
    [`${issuer}/.well-known/openid-configuration`, () => Response.json({ issuer, jwks_uri: `${issuer}/keys` })],
    [`${issuer}/keys`, () => Response.json({ keys: published })],
  ]);

  async function newKey(kid: string) {
    const { privateKey, publicKey } = alg === "RS256" ? await keptKeys() : await generateKeyPair(alg);
    published.push({ ...(await exportJWK(publicKey)), kid, alg, use: "sig" });
    return { kid, privateKey };
  }

  return {
    issuer,
    documents,
    asked,
    /** Makes another key, publishes it beside the others, and signs with it from now on. */
    async rotate(kid: string) {
      signing = await newKey(kid);
    },
    token({ claims = {}, kid = signing.kid }: TokenOptions = {}): Promise<string> {
      const seconds = Math.floor(now().getTime() / 1000);
      const payload = { iss: issuer, iat: seconds, nbf: seconds - 600, exp: seconds + 300, ...claims };
      return new SignJWT(payload).setProtectedHeader({ alg, kid, typ: "JWT" }).sign(signing.privateKey);
    },
    fetch: (async (url: string) => {
      asked.set(url, (asked.get(url) ?? 0) + 1);
      const document = documents.get(url);
      if (!document) throw new TypeError("fetch failed");
      return document();
    }) as unknown as typeof globalThis.fetch,
  };
}

async function keptKeys() {
  const pair = await keptKeyPair("RSA_2048");
  return {
    privateKey: createPrivateKey({ key: Buffer.from(pair.privateKey), format: "der", type: "pkcs8" }),
    publicKey: createPublicKey({ key: Buffer.from(pair.publicKey), format: "der", type: "spki" }),
  };
}

/** The claims of a GitHub Actions token: https://docs.github.com/en/actions/reference/security/oidc */
export const gitHubClaims: JWTPayload = {
  jti: "example-id",
  sub: "repo:octo-org/octo-repo:environment:prod",
  environment: "prod",
  aud: "sts.amazonaws.com",
  ref: "refs/heads/main",
  sha: "example-sha",
  repository: "octo-org/octo-repo",
  repository_owner: "octo-org",
  actor_id: "12",
  repository_visibility: "private",
  repository_id: "74",
  repository_owner_id: "65",
  run_id: "example-run-id",
  run_number: "10",
  run_attempt: "2",
  runner_environment: "github-hosted",
  actor: "octocat",
  workflow: "example-workflow",
  head_ref: "",
  base_ref: "",
  event_name: "workflow_dispatch",
  ref_type: "branch",
  job_workflow_ref: "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main",
};
