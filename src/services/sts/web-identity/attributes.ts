import type { JWTPayload } from "jose";
import { type SessionTags, transitiveKeys } from "../sessions/tags.ts";
import { isRecord } from "./json.ts";

const tagsClaim = "https://aws.amazon.com/tags";
const sourceIdentityClaim = "https://aws.amazon.com/source_identity";
const mostTags = 50;

/** Tags and source identity of the session that a token is exchanged for. */
export interface TokenAttributes extends SessionTags {
  readonly sourceIdentity: string | undefined;
}

/**
 * The tags, nested or flat, and the source identity in a provider's token. `undefined` if AWS would refuse their form:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 */
export function attributesIn(claims: JWTPayload): TokenAttributes | undefined {
  const { [tagsClaim]: nested = {}, [sourceIdentityClaim]: sourceIdentity } = claims;
  if (!isRecord(nested)) return undefined;
  const { principal_tags: grouped = {}, transitive_tag_keys: nestedKeys } = nested;
  if (!isRecord(grouped)) return undefined;
  const transitiveTagKeys: readonly unknown[] = [nestedKeys ?? claims[`${tagsClaim}/transitive_tag_keys`] ?? []].flat();
  const attributes = sessionAttributes([...Object.entries(grouped), ...flatTags(claims)], transitiveTagKeys);
  if (!attributes || !(sourceIdentity === undefined || isSourceIdentity(sourceIdentity))) return undefined;
  return { ...attributes, sourceIdentity };
}

/** The tags that a provider gives, and which of them pass on. `undefined` if AWS would refuse their form. */
export function sessionAttributes(
  claimed: readonly (readonly [key: string, value: unknown])[],
  transitiveTagKeys: readonly unknown[],
): SessionTags | undefined {
  const tags = tagsOf(claimed);
  if (!tags) return undefined;
  if (!transitiveTagKeys.every((key) => typeof key === "string")) return undefined;
  const passedOn = transitiveKeys(
    tags.map(([key]) => key),
    transitiveTagKeys,
  );
  return passedOn && { tags: Object.fromEntries(tags), transitiveTagKeys: passedOn };
}

function flatTags(claims: JWTPayload): readonly (readonly [string, unknown])[] {
  const prefix = `${tagsClaim}/principal_tags/`;
  return Object.entries(claims).flatMap(([name, value]): [string, unknown][] =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
  );
}

/** Each value is a text or a list of one. */
function tagsOf(
  claimed: readonly (readonly [key: string, value: unknown])[],
): readonly (readonly [string, string])[] | undefined {
  const tags = claimed.flatMap(([key, value]) => {
    const [only, ...more]: readonly unknown[] = [value].flat();
    return isTagKey(key) && isTagValue(only) && more.length === 0 ? [[key, only] as const] : [];
  });
  if (tags.length < claimed.length || tags.length > mostTags) return undefined;
  return new Set(tags.map(([key]) => key.toLowerCase())).size === tags.length ? tags : undefined;
}

function isTagKey(key: string): boolean {
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) && !key.toLowerCase().startsWith("aws:");
}

function isTagValue(value: unknown): value is string {
  return typeof value === "string" && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value);
}

export function isSourceIdentity(value: unknown): value is string {
  return typeof value === "string" && /^[\w+=,.@-]{2,64}$/.test(value);
}
