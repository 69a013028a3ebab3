import type { JWTPayload } from "jose";
import type { SessionTags } from "../sessions/session-input.ts";

/** What AWS knows of a provider's own claims, for trust policies only. */
const extraClaims: Readonly<Record<string, readonly string[]>> = {
  "token.actions.githubusercontent.com": [
    ...["actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref"],
    ...["ref", "repository", "repository_id", "workflow"],
  ],
  "accounts.google.com": ["email"],
};

type Keys = Readonly<Record<string, string | readonly string[]>>;

/**
 * The client id that a token is for, of those that the provider is registered with. Where the token says which party it
 * was issued to, that is who counts.
 */
export function audienceOf({ aud, azp }: JWTPayload, clientIds: readonly string[]): string | undefined {
  if (azp !== undefined) return clientIds.find((id) => id === azp);
  // What a token says is of any type.
  const audiences: readonly unknown[] = [aud].flat();
  return clientIds.find((id) => audiences.includes(id));
}

/** `url` is the provider's, without its scheme. */
function commonKeys(url: string, claims: JWTPayload, audience: string): Keys {
  const { sub, amr } = claims;
  return {
    [`${url}:aud`]: audience,
    ...(sub !== undefined && { [`${url}:sub`]: sub }),
    ...(isTexts(amr) && { [`${url}:amr`]: amr }),
  };
}

/** The condition keys that are there while the role is assumed. */
export function trustKeys(url: string, claims: JWTPayload, audience: string): Keys {
  const extra = (extraClaims[url] ?? []).flatMap((claim): [string, string][] => {
    const value = claims[claim];
    return typeof value === "string" ? [[`${url}:${claim}`, value]] : [];
  });
  const [first] = [claims.aud].flat();
  const oaud = url === "accounts.google.com" && typeof first === "string" ? { [`${url}:oaud`]: first } : {};
  return { ...Object.fromEntries(extra), ...oaud, ...commonKeys(url, claims, audience) };
}

const tagsClaim = "https://aws.amazon.com/tags";
const sourceIdentityClaim = "https://aws.amazon.com/source_identity";

/**
 * Tags and source identity that the provider puts into its tokens, nested or flat. `undefined` where they are not as AWS
 * wants them: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 */
export function attributesIn(
  claims: JWTPayload,
): (SessionTags & { readonly sourceIdentity: string | undefined }) | undefined {
  const nested = claims[tagsClaim];
  const { principal_tags: grouped, transitive_tag_keys: nestedKeys } = isRecord(nested) ? nested : {};
  const flat = Object.entries(claims).flatMap(([name, value]): [string, unknown][] => {
    const prefix = `${tagsClaim}/principal_tags/`;
    return name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [];
  });
  const tags = [...Object.entries(isRecord(grouped) ? grouped : {}), ...flat].map(
    ([key, value]) => [key, [value].flat()] as const,
  );
  const keys = [nestedKeys ?? claims[`${tagsClaim}/transitive_tag_keys`] ?? []].flat();
  const sourceIdentity = claims[sourceIdentityClaim];
  const isGood =
    (nested === undefined || isRecord(nested)) &&
    (grouped === undefined || isRecord(grouped)) &&
    tags.length <= 50 &&
    tags.every(([key, values]) => isTagKey(key) && values.length === 1 && isTagValue(values[0])) &&
    new Set(tags.map(([key]) => key.toLowerCase())).size === tags.length &&
    keys.every((key) => tags.some(([name]) => name === key)) &&
    (sourceIdentity === undefined || isSourceIdentity(sourceIdentity));
  if (!isGood) return undefined;
  return {
    tags: Object.fromEntries(tags.map(([key, [value]]) => [key, value as string])),
    transitiveTagKeys: keys as string[],
    sourceIdentity: sourceIdentity as string | undefined,
  };
}

function isTagKey(key: string): boolean {
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) && !key.toLowerCase().startsWith("aws:");
}

function isTagValue(value: unknown): boolean {
  return typeof value === "string" && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value);
}

function isSourceIdentity(value: unknown): boolean {
  return typeof value === "string" && /^[\w+=,.@-]{2,64}$/.test(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
