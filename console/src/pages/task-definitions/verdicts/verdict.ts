import type { Reference, Target } from "./references.ts";

/** Whether a reference resolves. Ids and severities are those of `sealift check`. */
export interface Verdict {
  /** `unknown`: the page could not see enough to tell. */
  readonly status: "ok" | "warning" | "error" | "unknown";
  readonly rule: Rule;
  /** What the rule's sentence is made of. */
  readonly parts: readonly string[];
  /** What the execution role's own policies lack. */
  readonly missing?: readonly Need[];
}

export type Rule =
  | "resolves"
  | "execution-role-missing"
  | "role-not-found"
  | "role-not-trusted"
  | "reference-malformed"
  | "secret-arn-suffix"
  | "secret-partial-arn"
  | "secret-not-found"
  | "secret-pending-deletion"
  | "secret-version-not-found"
  | "secret-foreign-default-key"
  | "secret-denied"
  | "json-key-not-seen"
  | "parameter-selector"
  | "parameter-not-found"
  | "parameter-denied"
  | "key-not-found"
  | "key-unusable"
  | "key-denied"
  | "file-denied"
  | "bucket-location-denied"
  | "object-not-seen"
  | "not-seen";

/** An action on a resource, as a policy has to allow it. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** The service on whose behalf KMS is called: `ssm.eu-west-1.amazonaws.com`. */
  readonly via?: string;
}

/** What a simulation of the role's policies said. */
export type Access =
  | { readonly kind: "allowed" }
  | { readonly kind: "denied"; readonly isExplicit: boolean; readonly need: Need }
  | { readonly kind: "unseen"; readonly why: string };

export type RoleState =
  | { readonly kind: "none" }
  | { readonly kind: "missing"; readonly role: string }
  | { readonly kind: "untrusted"; readonly role: string }
  | { readonly kind: "unseen"; readonly role: string; readonly why: string }
  /** `doubt`: what of its trust policy could not be weighed. */
  | { readonly kind: "ready"; readonly role: string; readonly arn: string; readonly doubt?: string };

export interface SecretState {
  readonly arn: string;
  readonly name: string;
  readonly isDeleted: boolean;
  /** Version ids with their staging labels. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
}

/** What was found in the store. */
export type Stored =
  | { readonly kind: "secret"; readonly secret: SecretState }
  /** `version`: the newest. */
  | { readonly kind: "parameter"; readonly version: number }
  /** `similar`: a secret of the name without, or with, what looks like a suffix. */
  | { readonly kind: "absent"; readonly similar?: Pick<SecretState, "arn" | "name"> }
  | { readonly kind: "object" }
  | { readonly kind: "unseen"; readonly why: string };

export type KeyState =
  /** A default key of the store, which everybody of the account may use through it. */
  | { readonly kind: "default"; readonly isForeign: boolean }
  | { readonly kind: "none" }
  | { readonly kind: "absent" }
  | { readonly kind: "unusable"; readonly state: string }
  | { readonly kind: "unseen"; readonly why: string }
  | { readonly kind: "key"; readonly access: Access };

export interface Facts {
  readonly reference: Reference;
  readonly target: Target;
  readonly role: RoleState;
  readonly stored: Stored;
  readonly access: readonly Access[];
  readonly key: KeyState;
}

/** The first thing that keeps the reference from resolving, in the order in which the agent would meet it. */
export function verdictOf(facts: Facts): Verdict {
  const { target, role } = facts;
  if (target.store === "malformed") return error("reference-malformed", facts.reference.valueFrom);
  return (
    roleVerdict(role) ??
    storedVerdict(facts) ??
    accessVerdict(facts) ??
    keyVerdict(facts) ??
    unseenVerdict(facts) ??
    doubtOf(facts) ?? { status: "ok", rule: "resolves", parts: [] }
  );
}

function roleVerdict(role: RoleState): Verdict | undefined {
  if (role.kind === "none") return error("execution-role-missing");
  if (role.kind === "missing") return error("role-not-found", role.role);
  if (role.kind === "untrusted") return error("role-not-trusted", role.role);
  return undefined;
}

function storedVerdict({ reference, target, stored }: Facts): Verdict | undefined {
  if (stored.kind === "absent" && target.store === "ssm") {
    return error("parameter-not-found", target.name, target.region, "");
  }
  if (stored.kind === "absent" && target.store === "secretsmanager") {
    const { similar } = stored;
    if (!similar) return error("secret-not-found", target.account, nameOf(target.secretId), target.region);
    return error("secret-arn-suffix", similar.name, withArn(reference.valueFrom, similar.arn));
  }
  if (stored.kind === "parameter" && target.store === "ssm" && /^\d+$/.test(target.selector)) {
    const asked = Number(target.selector);
    if (asked < 1 || asked > stored.version) {
      return error("parameter-not-found", target.name, target.region, target.selector);
    }
  }
  if (stored.kind !== "secret" || target.store !== "secretsmanager") return undefined;
  const { versions, isDeleted } = stored.secret;
  if (isDeleted) return error("secret-pending-deletion");
  const { versionId, stage } = target;
  const stages = versionId === undefined ? Object.values(versions).flat() : versions[versionId];
  // AWSCURRENT is filled in where neither is named.
  const asked = stage ?? (versionId === undefined ? "AWSCURRENT" : undefined);
  if (stages === undefined || (asked !== undefined && !stages.includes(asked))) {
    const there = Object.entries(versions).flatMap(([id, labels]) => labels.map((label) => `${label} (${id})`));
    return error("secret-version-not-found", there.join(", "));
  }
  return undefined;
}

function accessVerdict({ access, role, key }: Facts): Verdict | undefined {
  const denied = access.find((one) => one.kind === "denied");
  if (denied?.kind !== "denied" || role.kind !== "ready") return undefined;
  const rules: Readonly<Record<string, Rule>> = {
    "secretsmanager:GetSecretValue": "secret-denied",
    "ssm:GetParameters": "parameter-denied",
    "s3:GetObject": "file-denied",
    "s3:GetBucketLocation": "bucket-location-denied",
  };
  const all = [...access, ...(key.kind === "key" ? [key.access] : [])];
  return denial(rules[denied.need.action] ?? "secret-denied", role.role, denied, all);
}

function keyVerdict({ key, role }: Facts): Verdict | undefined {
  if (key.kind === "default" && key.isForeign) return error("secret-foreign-default-key");
  if (key.kind === "absent") return error("key-not-found");
  if (key.kind === "unusable") return error("key-unusable", key.state);
  if (key.kind !== "key" || key.access.kind !== "denied" || role.kind !== "ready") return undefined;
  return denial("key-denied", role.role, key.access, [key.access]);
}

function denial(rule: Rule, role: string, denied: Access & { kind: "denied" }, all: readonly Access[]): Verdict {
  // A statement does not lift an explicit Deny.
  const needs = all.flatMap((one) => (one.kind === "denied" && !one.isExplicit ? [one.need] : []));
  const { action, resource } = denied.need;
  const verdict = error(rule, role, action, resource, denied.isExplicit ? "explicit" : "");
  return denied.isExplicit ? verdict : { ...verdict, missing: needs };
}

function unseenVerdict({ role, stored, access, key }: Facts): Verdict | undefined {
  const unseen = [role, stored, ...access, key, ...(key.kind === "key" ? [key.access] : [])];
  for (const fact of unseen)
    if (fact.kind === "unseen") return { status: "unknown", rule: "not-seen", parts: [fact.why] };
  return undefined;
}

/** It resolves as far as can be seen. */
function doubtOf({ reference, target, stored, role }: Facts): Verdict | undefined {
  if (role.kind === "ready" && role.doubt !== undefined) {
    return { status: "unknown", rule: "not-seen", parts: [role.doubt] };
  }
  if (target.store === "s3") return { status: "unknown", rule: "object-not-seen", parts: [] };
  if (target.store === "ssm" && target.selector !== "") {
    return { status: "warning", rule: "parameter-selector", parts: [target.selector] };
  }
  if (target.store !== "secretsmanager" || stored.kind !== "secret") return undefined;
  const { arn, name } = stored.secret;
  if (target.secretId.startsWith("arn:") && target.secretId !== arn) {
    return { status: "warning", rule: "secret-partial-arn", parts: [name, arn, withArn(reference.valueFrom, arn)] };
  }
  if (target.jsonKey === undefined) return undefined;
  return { status: "unknown", rule: "json-key-not-seen", parts: [target.jsonKey] };
}

function error(rule: Rule, ...parts: readonly string[]): Verdict {
  return { status: "error", rule, parts };
}

/** `valueFrom` with another secret's ARN, and with its own JSON key, stage and version. */
function withArn(valueFrom: string, arn: string): string {
  return valueFrom.startsWith("arn:") ? [arn, ...valueFrom.split(":").slice(7)].join(":") : arn;
}

/** The name of a secret, without the suffix of its ARN. */
export function nameOf(secretId: string): string {
  return secretId.startsWith("arn:") ? (secretId.split(":")[6] ?? "").replace(/-[A-Za-z0-9]{6}$/, "") : secretId;
}

/** Of these secrets the one that was meant by an ARN that names none: a suffix trap, or a secret made anew. */
export function similarTo<Secret extends { readonly name: string }>(
  secretId: string,
  secrets: readonly Secret[],
): Secret | undefined {
  const asked = secretId.split(":")[6] ?? "";
  return secrets.find(({ name }) => name === asked) ?? secrets.find(({ name }) => name === nameOf(secretId));
}
