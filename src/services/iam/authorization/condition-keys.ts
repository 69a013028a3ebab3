import { isIP } from "node:net";
import type { Access, Call, Principal } from "../../../model/call.ts";
import type { PolicyRequest } from "../../../policy/index.ts";
import type { Tags } from "../tags.ts";

type Value = string | readonly string[];

const principalTypes: Readonly<Record<Principal["kind"], string>> = {
  root: "Account",
  user: "User",
  "assumed-role": "AssumedRole",
  "federated-user": "FederatedUser",
  // AWS does not know who it is.
  "web-identity": "Anonymous",
  service: "Service",
};

/** The organization of an account, and where in it the account is: `o-…/r-…/`. */
export interface Membership {
  readonly id: string;
  readonly path: string;
}

/** A member is absent where the principal or the resource belongs to no organization. */
export interface Memberships {
  readonly principal?: Membership | undefined;
  readonly resource?: Membership | undefined;
}

type Finder = (call: Call, access: Access, memberships: Memberships) => Value | undefined;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const globalKeys = new Map<string, Finder>([
  ["aws:calledvia", (call, access) => calledVia(call, access)],
  ["aws:calledviafirst", (call, access) => calledVia(call, access)[0]],
  ["aws:calledvialast", (call, access) => calledVia(call, access).at(-1)],
  ["aws:currenttime", ({ time }) => time.toISOString()],
  ["aws:epochtime", ({ time }) => String(Math.floor(time.getTime() / 1000))],
  ["aws:multifactorauthage", ({ principal, time }) => mfaAge(principal, time)],
  ["aws:multifactorauthpresent", ({ principal }) => mfaPresent(principal)],
  ["aws:principalaccount", ({ principal }) => principal.account || undefined],
  ["aws:principalarn", ({ principal }) => principal.roleArn ?? principal.arn],
  ["aws:principalisawsservice", ({ principal }) => String(principal.kind === "service")],
  ["aws:principalorgid", (_call, _access, { principal }) => principal?.id],
  ["aws:principalorgpaths", (_call, _access, { principal }) => principal && [principal.path]],
  ["aws:principalservicename", ({ principal }) => (principal.kind === "service" ? principal.arn : undefined)],
  ["aws:principalservicenameslist", ({ principal }) => (principal.kind === "service" ? [principal.arn] : undefined)],
  ["aws:principaltype", ({ principal }) => principalTypes[principal.kind]],
  ["aws:requestedregion", ({ region }) => region],
  ["aws:resourceaccount", ({ account }, { resourceAccount }) => resourceAccount ?? account],
  ["aws:resourceorgid", (_call, _access, { resource }) => resource?.id],
  ["aws:resourceorgpaths", (_call, _access, { resource }) => resource && [resource.path]],
  ["aws:securetransport", ({ isSecure }) => String(isSecure ?? false)],
  ["aws:sourceidentity", ({ principal }) => principal.sourceIdentity],
  ["aws:sourceip", ({ sourceIp }) => addressOf(sourceIp)],
  ["aws:tokenissuetime", ({ principal }) => principal.sessionIssuedAt?.toISOString()],
  ["aws:useragent", ({ userAgent }) => userAgent],
  ["aws:userid", ({ principal }) => principal.userId],
  ["aws:username", ({ principal }) => principal.userName],
  ["aws:viaawsservice", (call, access) => String(calledVia(call, access).length > 0)],
]);

const tagPrefix = "aws:principaltag/";

/** The condition keys of a request. Each is computed when a policy asks for it, as few policies ask for any. */
export function conditionContext(
  call: Call,
  access: Access,
  entityTags: Tags,
  memberships: Memberships = {},
): PolicyRequest["context"] {
  return (key) =>
    valueNamed(access.conditions, key) ??
    globalKeys.get(key)?.(call, access, memberships) ??
    tagValue(key) ??
    valueNamed(call.principal.sessionKeys, key);

  function tagValue(key: string): string | undefined {
    if (!key.startsWith(tagPrefix)) return undefined;
    const name = key.slice(tagPrefix.length);
    return valueNamed(call.principal.tags, name) ?? valueNamed(entityTags, name);
  }
}

/** Every condition key of a request with its values: all that a policy could have asked for. */
export function knownContext(
  call: Call,
  access: Access,
  entityTags: Tags,
  memberships: Memberships = {},
): Readonly<Record<string, readonly string[]>> {
  const tags = { ...entityTags, ...call.principal.tags };
  const values: Record<string, Value | undefined> = {
    ...call.principal.sessionKeys,
    ...Object.fromEntries([...globalKeys].map(([key, find]) => [key, find(call, access, memberships)])),
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${tagPrefix}${name}`, value])),
    ...access.conditions,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value = []]) => {
      const list = typeof value === "string" ? [value] : value;
      return list.length === 0 ? [] : [[key, list] as const];
    }),
  );
}

/** Seconds since the user showed a code. */
function mfaAge({ mfaAuthenticatedAt: at }: Principal, time: Date): string | undefined {
  return at && String(Math.max(0, Math.floor((time.getTime() - at.getTime()) / 1000)));
}

/** Long-term credentials do not have the key. */
function mfaPresent({ sessionIssuedAt, mfaAuthenticatedAt }: Principal): string | undefined {
  return sessionIssuedAt === undefined ? undefined : String(mfaAuthenticatedAt !== undefined);
}

/** The services of a forward access session: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html */
function calledVia(call: Call, access: Access): readonly string[] {
  return access.calledVia ?? call.calledVia ?? [];
}

/** The peer's address, in the form of IPv4 where it is one. A call that no request made has none. */
function addressOf(sourceIp: string): string | undefined {
  const address = sourceIp.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(address) === 0 ? undefined : address;
}

/** The value of the name in whatever case. */
function valueNamed<T extends Value>(values: Readonly<Record<string, T>> | undefined, lowerCaseName: string) {
  let found: T | undefined;
  for (const name in values) if (lowerCase(name) === lowerCaseName) found = values[name];
  return found;
}

/** Names in lower case. Each question of a policy compares all names of a request, and those are mostly the same ones. */
const lowerCased = new Map<string, string>();
const mostLowerCased = 1000;
const longestLowerCased = 200;

function lowerCase(name: string): string {
  const known = lowerCased.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  if (lowerCased.size < mostLowerCased && name.length <= longestLowerCased) lowerCased.set(name, lower);
  return lower;
}
