import type { JWTPayload } from "jose";

/** The claims of a provider's own that AWS makes condition keys of, for trust policies only. */
const extraClaims: Readonly<Record<string, readonly string[]>> = {
  "token.actions.githubusercontent.com": [
    ...["actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref"],
    ...["ref", "repository", "repository_id", "workflow"],
  ],
  "accounts.google.com": ["email"],
};

type Keys = Readonly<Record<string, string | readonly string[]>>;

/**
 * The client id that a token is for, among those that the provider is registered with. If the token names the party that it
 * was issued to, that party counts.
 */
export function audienceOf({ aud, azp }: JWTPayload, clientIds: readonly string[]): string | undefined {
  if (azp !== undefined) return clientIds.find((id) => id === azp);
  // A token's claims may be of any type.
  const audiences: readonly unknown[] = [aud].flat();
  return clientIds.find((id) => audiences.includes(id));
}

/** The condition keys that exist while the role is assumed. `url` is the provider's, without its scheme. */
export function trustKeys(url: string, claims: JWTPayload, audience: string): Keys {
  const keys: Record<string, string | readonly string[]> = {};
  for (const claim of extraClaims[url] ?? []) {
    const value = claims[claim];
    if (typeof value === "string") keys[`${url}:${claim}`] = value;
  }
  const [first] = [claims.aud].flat();
  if (url === "accounts.google.com" && typeof first === "string") keys[`${url}:oaud`] = first;
  keys[`${url}:aud`] = audience;
  if (claims.sub !== undefined) keys[`${url}:sub`] = claims.sub;
  if (isTexts(claims.amr)) keys[`${url}:amr`] = claims.amr;
  return keys;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
