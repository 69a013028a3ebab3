import {
  ExpiredTokenException$,
  IDPCommunicationErrorException$,
  IDPRejectedClaimException$,
  InvalidIdentityTokenException$,
} from "@aws-sdk/client-sts";
import { decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import { parseArn } from "../../../arn.ts";
import type { Clock } from "../../../clock.ts";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Principal } from "../../../model/call.ts";
import { attributesIn } from "./attributes.ts";
import { audienceOf, trustKeys } from "./claims.ts";
import { type identityProviderKeys, KeysUnavailable } from "./provider-keys.ts";

/** A provider that is registered in IAM. */
export interface OidcProvider {
  /** Without `https://`. */
  readonly url: string;
  /** Audiences that its tokens may be for. */
  readonly clientIds: readonly string[];
}

export interface OidcProviders {
  /** `url` as a token's `iss` has it. */
  findOidcProvider(account: string, url: string): Promise<OidcProvider | undefined>;
}

export interface WebIdentityOptions {
  readonly oidcProviders: OidcProviders;
  readonly keysOf: ReturnType<typeof identityProviderKeys>;
  readonly clock: Clock;
  readonly partition: string;
  /** Gets the reason why a provider's keys are not available; the caller gets little of it. */
  onUnavailable(error: Error): void;
}

/** The list in AWS's documentation of AssumeRoleWithWebIdentity. */
const algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];
/** Seconds that a provider's clock may be ahead. */
const skew = 300;
const longestSubject = 255;

/**
 * The user whom a token names. Verifies that a provider of the role's account made the token, and for one of the audiences
 * that the provider is registered with.
 */
export async function webIdentity(
  { oidcProviders, keysOf, clock, partition, onUnavailable }: WebIdentityOptions,
  { token, roleArn }: { readonly token: string; readonly roleArn: string },
): Promise<Principal> {
  const issuer = issuerOf(token);
  const account = parseArn(roleArn)?.account ?? "";
  const provider = await oidcProviders.findOidcProvider(account, issuer);
  if (!provider) throw invalidToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  const now = clock.now();
  const claims = await verified(token, { issuer, now, keys: keysOf(issuer), onUnavailable });
  // `verified` refuses a token without it.
  const { exp = 0, sub } = claims;
  const seconds = Math.floor(now.getTime() / 1000);
  if (exp <= seconds) {
    const message = `Token expired: current date/time ${seconds} must be before the expiration date/time${exp}`;
    throw new ApiError(ExpiredTokenException$, message);
  }
  if (claims.aud === undefined && claims.azp === undefined) throw missingClaim("aud");
  const audience = audienceOf(claims, provider.clientIds);
  if (audience === undefined) throw invalidToken("Incorrect token audience");
  if (typeof sub !== "string" || sub === "") throw missingClaim("sub");
  if (sub.length > longestSubject) throw invalidToken(`The claim sub has more than ${longestSubject} characters`);
  if (/\p{Cc}/u.test(sub)) throw invalidToken("The claim sub has control characters");
  const attributes = attributesIn(claims);
  if (!attributes) {
    const message = "The session tags or the source identity of the token are not of the form that AWS wants";
    throw new ApiError(IDPRejectedClaimException$, message);
  }
  const { tags, transitiveTagKeys, sourceIdentity } = attributes;
  const arn = `arn:${partition}:iam::${account}:oidc-provider/${provider.url}`;
  return {
    kind: "web-identity",
    arn,
    account,
    userId: `${arn}:${audience}:${sub}`,
    userName: sub,
    accessKeyId: "",
    tags,
    transitiveTagKeys,
    sessionKeys: trustKeys(provider.url, claims, audience),
    ...defined({ sourceIdentity }),
  };
}

/** The issuer that a token claims. Nothing of it is verified yet. */
function issuerOf(token: string): string {
  let issuer: unknown;
  try {
    issuer = decodeJwt(token).iss;
  } catch {
    throw invalidToken(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  }
  if (issuer === undefined) throw missingClaim("iss");
  // The issuer becomes part of a query, of an ARN and of a request.
  if (typeof issuer !== "string" || !/^https?:\/\/[\x21-\x7e]{1,247}$/.test(issuer)) {
    throw invalidToken("The claim iss is no URL");
  }
  return issuer;
}

interface Verification extends Pick<WebIdentityOptions, "onUnavailable"> {
  readonly issuer: string;
  readonly now: Date;
  readonly keys: ReturnType<WebIdentityOptions["keysOf"]>;
}

async function verified(token: string, { issuer, now, keys, onUnavailable }: Verification): Promise<JWTPayload> {
  try {
    const options = { issuer, algorithms, requiredClaims: ["exp"], currentDate: now, clockTolerance: skew };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return error.payload;
    if (error instanceof KeysUnavailable) onUnavailable(error);
    throw refusal(error);
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof KeysUnavailable && error.reason === "unreachable") {
    return new ApiError(IDPCommunicationErrorException$, "Couldn't reach your identity provider; retry the request");
  }
  if (error instanceof KeysUnavailable || error instanceof errors.JWKSNoMatchingKey) {
    return invalidToken(
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    );
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === "missing") return missingClaim(error.claim);
    return invalidToken(error.claim === "nbf" ? "The token is not valid yet" : `The claim ${error.claim} is not valid`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return invalidToken(`The token is not signed with one of ${algorithms.join(", ")}`);
  }
  // Every other error of the library is the token's fault.
  return error instanceof errors.JOSEError ? invalidToken("The signature of the token is not valid") : error;
}

function missingClaim(name: string): ApiError {
  return invalidToken(`Missing a required claim: ${name}`);
}

function invalidToken(message: string): ApiError {
  return new ApiError(InvalidIdentityTokenException$, message);
}
