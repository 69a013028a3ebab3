import type { Repository } from "../../services/ecr/index.ts";
import type { Role } from "../../services/iam/index.ts";
import type { Key, KeyGrant } from "../../services/kms/index.ts";
import type { Group } from "../../services/logs/index.ts";
import type { Secret } from "../../services/secrets-manager/index.ts";
import type { Parameter } from "../../services/ssm/index.ts";

/**
 * An account as its caller can see it through AWS's public APIs. A method resolves to `undefined` where the account has no such
 * thing, and throws `Unseen` where the caller cannot know. Everything is read once.
 */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly partition: string;
  /** True for AWS itself, false for a Sealift. */
  readonly isAws: boolean;
  /** True if secret values may be read. */
  readonly readsValues: boolean;
  role(arn: string): Promise<Role | undefined>;
  /** The policies of a role of this account. */
  rolePolicies(role: Role): Promise<RolePolicies>;
  secret(region: string, id: string): Promise<Secret | undefined>;
  /** The ids of all versions of a secret, also of those without a staging label. */
  secretVersions(region: string, arn: string): Promise<readonly string[]>;
  /** Reads a value, where the caller of the check asked for that; `undefined` where it did not. */
  secretValue(region: string, id: string, version: VersionAsked): Promise<SecretContent | undefined>;
  parameter(region: string, name: string): Promise<SeenParameter | undefined>;
  /** Every parameter below a path, at every level. */
  parametersBelow(region: string, path: string): Promise<readonly SeenParameter[]>;
  /** As `secretValue`. `name` may end in a version or a label. */
  parameterValue(region: string, name: string): Promise<string | undefined>;
  parameterTags(region: string, name: string): Promise<Tags>;
  /** A key by id, ARN or alias. */
  key(region: string, id: string): Promise<Key | undefined>;
  keyTags(region: string, id: string): Promise<Key["tags"]>;
  keyAliases(region: string, id: string): Promise<readonly string[]>;
  grants(region: string, id: string): Promise<readonly KeyGrant[]>;
  repository(region: string, registry: string, name: string): Promise<Repository | undefined>;
  repositoryTags(region: string, arn: string): Promise<Tags>;
  /** True if the repository has the image; `image` is a tag, or a digest with its `sha256:`. */
  hasImage(region: string, registry: string, name: string, image: string): Promise<boolean>;
  logGroup(region: string, name: string): Promise<Group | undefined>;
  organization(): Promise<SeenOrganization | undefined>;
}

export interface RolePolicies {
  readonly identity: readonly PolicyText[];
  readonly boundary: PolicyText | undefined;
}

export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

export interface VersionAsked {
  readonly versionId?: string | undefined;
  readonly stage?: string | undefined;
}

/** Secret: never shown. */
export type SecretContent = { readonly text: string } | { readonly binary: Uint8Array };

/** A parameter without its value. */
export type SeenParameter = Pick<Parameter, "name" | "type" | "keyId" | "version" | "tier">;

export type Tags = readonly { readonly key: string; readonly value: string }[];

export interface SeenOrganization {
  readonly id: string;
  /** The account whose members service control policies do not bind. */
  readonly managementAccount: string;
}

/** The caller could not see something that the check needs. */
export class Unseen extends Error {
  /** The IAM action of the call that failed, or that is not made. */
  readonly action: string;
  readonly resource: string;

  constructor(action: string, resource: string, why: string) {
    super(why);
    this.action = action;
    this.resource = resource;
  }
}

/** Makes a call of the check's own caller. `absent` are the errors that say that there is no such thing. */
export async function see<T>(
  action: string,
  resource: string,
  call: () => Promise<T>,
  absent: readonly string[] = [],
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (absent.includes(error.name)) return undefined;
    throw new Unseen(action, resource, `${error.name}: ${error.message}`);
  }
}

/** As `see`, for calls that have an answer or fail. */
export async function seen<T>(action: string, resource: string, call: () => Promise<T>): Promise<T> {
  const answer = await see(action, resource, call);
  if (answer === undefined) throw new Unseen(action, resource, "the answer was empty");
  return answer;
}

/** Calls `read` once for each distinct list of texts. */
export function once<Keys extends readonly string[], T>(
  read: (...keys: Keys) => Promise<T>,
): (...keys: Keys) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (...keys) => {
    const key = JSON.stringify(keys);
    const reading = known.get(key) ?? read(...keys);
    known.set(key, reading);
    return reading;
  };
}

/** Works out `work` once for each account and key, however many definitions are checked against it. */
export function onceFor<T>(account: Account, key: string, work: () => Promise<T>): Promise<T> {
  const known = worked.get(account) ?? new Map<string, Promise<unknown>>();
  worked.set(account, known);
  const working = (known.get(key) as Promise<T> | undefined) ?? work();
  known.set(key, working);
  return working;
}

const worked = new WeakMap<Account, Map<string, Promise<unknown>>>();
