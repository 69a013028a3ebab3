import { generateKeyPairSync, randomBytes, randomUUID, sign } from "node:crypto";
import type { CreateOAuth2TokenRequestBody } from "@aws-sdk/nested-clients/signin";
import { signedPost } from "../../src/cli/signed-post.ts";
import { challengeOf } from "../../src/services/signin/index.ts";
import type { Credentials } from "./served.ts";

export const sameDevice = "arn:aws:signin:::devtools/same-device";

/** Where a client of the sign-in service works. */
interface At {
  readonly endpoint: string;
  readonly region: string;
  readonly clock?: { now(): Date };
}

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly challenge?: string;
  readonly error?: string;
  readonly message?: string;
}

/** What a page or a program asks for when it wants a code, and the verifier with which it takes it. */
export function newWish(redirectUri = "/console/") {
  const verifier = randomBytes(32).toString("base64url");
  const wish = { clientId: sameDevice, redirectUri, codeChallenge: challengeOf(verifier), codeChallengeMethod: "S256" };
  return { verifier, wish };
}

/** Asks for a code, signed where there are credentials. */
export async function authorize({ endpoint, region }: At, input: object, credentials?: Credentials): Promise<Answer> {
  const { status, body } = credentials
    ? await signedPost({ endpoint, region, credentials }, "signin", "/v1/authorize", input)
    : await post(`${endpoint}/v1/authorize`, input);
  return { ...JSON.parse(body), status };
}

async function post(url: string, input: object, headers: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify(input);
  const sent = { "content-type": "application/json", ...headers };
  const answer = await fetch(url, { method: "POST", body, headers: sent });
  return { status: answer.status, body: await answer.text() };
}

/** The key of a program, which proves with each request that it has it. */
export function programKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  return {
    proof({ endpoint, clock }: At, claims: object = {}): string {
      const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
      const iat = Math.floor((clock?.now() ?? new Date()).getTime() / 1000);
      const payload = { htm: "POST", htu: `${endpoint}/v1/token`, iat, jti: randomUUID(), ...claims };
      const text = `${part({ typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } })}.${part(payload)}`;
      const signature = sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" });
      return `${text}.${signature.toString("base64url")}`;
    },
  };
}

/** Takes a token, and gives the answer's body with its status. */
export async function takeToken(at: At, input: Partial<CreateOAuth2TokenRequestBody>, dpop?: string) {
  const headers = dpop === undefined ? {} : { dpop };
  const { status, body } = await post(`${at.endpoint}/v1/token`, { clientId: sameDevice, ...input }, headers);
  return { status, ...JSON.parse(body) };
}

/** A session of whoever has the credentials. */
export async function signIn(at: At, credentials: Credentials) {
  const { verifier, wish } = newWish();
  const { code } = await authorize(at, wish, credentials);
  const input = { grantType: "authorization_code", code: code ?? "", codeVerifier: verifier, redirectUri: "/console/" };
  return takeToken(at, input);
}
