import type { Clock } from "../../clock.ts";
import { type IamStore, isRetired, issuersPath, issuerUrl, tokenAlgorithms } from "../../services/iam/index.ts";
import type { HttpRequest, HttpResponse, Mount } from "./mounts.ts";

export interface IssuerMountOptions {
  readonly iam: Pick<IamStore, "tokenIssuers">;
  readonly clock: Clock;
  /** The operator's address of this installation. */
  readonly publicUrl: string | undefined;
  /** Gets the failures that the client does not see. */
  onError(error: unknown): void;
}

/** Seconds for which a verifier may keep a document; a key is published a day before it signs. */
const freshness = 3600;
const documents = new RegExp(`^${issuersPath}([0-9a-f-]{36})/\\.well-known/(openid-configuration|jwks\\.json)$`);

/** The documents by which anybody verifies the identity tokens of this installation's accounts. They need no signature. */
export function issuerMount(options: IssuerMountOptions): Mount {
  return {
    prefix: issuersPath,
    largestBody: 0,
    patience: 10_000,
    async handle(request) {
      try {
        return (await document(request, options)) ?? answer(404, { status: "not found" });
      } catch (error) {
        options.onError(error);
        return answer(500, { status: "failed" });
      }
    },
  };
}

async function document(
  { method, path }: HttpRequest,
  { iam, clock, publicUrl }: IssuerMountOptions,
): Promise<HttpResponse | undefined> {
  const [, id = "", name] = (method === "GET" || method === "HEAD" ? documents.exec(path) : undefined) ?? [];
  const issuer = name === undefined ? undefined : await iam.tokenIssuers.findById(id);
  if (!issuer) return undefined;
  if (name === "openid-configuration") return published(configuration(issuerUrl(issuer, publicUrl)));
  const keys = await iam.tokenIssuers.keys.list(issuer.account);
  const now = clock.now();
  const current = keys.filter((key) => !isRetired(key, keys, now));
  return published({
    keys: current.map(({ id: kid, algorithm, publicKey }) => ({ ...publicKey, kid, alg: algorithm, use: "sig" })),
  });
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
function configuration(issuer: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: tokenAlgorithms,
    claims_supported: ["iss", "aud", "sub", "iat", "exp", "jti", "https://sts.amazonaws.com/"],
  };
}

function published(body: object): HttpResponse {
  const response = answer(200, body);
  return { ...response, headers: { ...response.headers, "cache-control": `public, max-age=${freshness}` } };
}

function answer(status: number, body: object): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
