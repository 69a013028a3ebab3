/** A parameter policy of a version. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html */
export interface ParameterPolicy {
  readonly type: "Expiration" | "ExpirationNotification" | "NoChangeNotification";
  /** As it was given; `requested-policies.ts` has checked it. */
  readonly text: string;
  readonly status: "Pending" | "Finished";
  /** ISO 8601; a policy that an older program stored has none. */
  readonly createdAt?: string;
}

/** A policy's text, parsed. Each type has its own attributes. */
interface PolicyText {
  readonly Attributes: {
    /** An Expiration's. */
    readonly Timestamp: string;
    /** An ExpirationNotification's. */
    readonly Before: string;
    /** A NoChangeNotification's. */
    readonly After: string;
    readonly Unit: keyof typeof units;
  };
}

/** Milliseconds. */
export const units = { Days: 24 * 60 * 60 * 1000, Hours: 60 * 60 * 1000 } as const;

/** When a parameter with these policies expires. */
export function expiryOf(policies: readonly ParameterPolicy[]): Date | undefined {
  const expiration = policies.find(({ type }) => type === "Expiration");
  return expiration && instantOf(attributesOf(expiration).Timestamp);
}

/**
 * Reads a time in Java's ISO_INSTANT or ISO_OFFSET_DATE_TIME format; `undefined` if the text is in neither format. An
 * offset may have seconds, which `Date` does not read.
 */
export function instantOf(text: string): Date | undefined {
  const [, local, sign, hours, minutes, seconds = "0"] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?:Z|([+-])(\d\d):([0-5]\d)(?::([0-5]\d))?)$/.exec(text) ?? [];
  if (local === undefined) return undefined;
  const time = new Date(`${local}Z`);
  // `Date` takes the 30th of February for a day of March.
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(local.slice(0, 10))) return undefined;
  if (sign === undefined) return time;
  const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  // As Java has it.
  if (offset > 18 * units.Hours) return undefined;
  return new Date(time.getTime() - (sign === "-" ? -offset : offset));
}

/** When a policy is to be acted on. `modifiedAt` is the version's. */
export function dueAt(
  policy: ParameterPolicy,
  policies: readonly ParameterPolicy[],
  modifiedAt: Date,
): Date | undefined {
  const expiry = expiryOf(policies);
  if (policy.type === "Expiration") return expiry;
  const { Before, After, Unit } = attributesOf(policy);
  if (policy.type === "NoChangeNotification") return new Date(modifiedAt.getTime() + Number(After) * units[Unit]);
  return expiry && new Date(expiry.getTime() - Number(Before) * units[Unit]);
}

/** When the next notification is due; `undefined` if all were given. */
export function nextNotice(policies: readonly ParameterPolicy[], modifiedAt: Date): Date | undefined {
  const due = policies
    .filter(({ type, status }) => type !== "Expiration" && status === "Pending")
    .flatMap((policy) => dueAt(policy, policies, modifiedAt)?.getTime() ?? []);
  return due.length === 0 ? undefined : new Date(Math.min(...due));
}

/** The policies of a new version that brings none: it was changed just now, and the expiration is what it was. */
export function keptPolicies(policies: readonly ParameterPolicy[]): readonly ParameterPolicy[] {
  return policies.map((policy) => (policy.type === "NoChangeNotification" ? { ...policy, status: "Pending" } : policy));
}

/** The reason of an action on a policy. AWS's words are known for a NoChangeNotification only. */
export function reasonOf(policy: ParameterPolicy, policies: readonly ParameterPolicy[], modifiedAt: Date): string {
  const { After, Unit } = attributesOf(policy);
  const expiry = expiryOf(policies)?.toISOString();
  const what = {
    Expiration: `The parameter expired at ${expiry} and was deleted. This action was taken`,
    ExpirationNotification: `The parameter will expire at ${expiry}. This notification was generated`,
    NoChangeNotification: `The parameter has not been changed for ${span(After, Unit)}. This notification was generated`,
  };
  return `${what[policy.type]} based on the policy created at ${policy.createdAt ?? modifiedAt.toISOString()}.`;
}

function span(count: string, unit: keyof typeof units): string {
  const [many, one] = unit === "Days" ? ["days", "day"] : ["hours", "hour"];
  return `${Number(count)} ${Number(count) === 1 ? one : many}`;
}

function attributesOf({ text }: ParameterPolicy): PolicyText["Attributes"] {
  return (JSON.parse(text) as PolicyText).Attributes;
}
