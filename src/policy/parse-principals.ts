import { isObject, stringList } from "./json.ts";
import { MalformedPolicy, malformed, type PolicyKind } from "./malformed-policy.ts";
import type { Principals } from "./policy.ts";

export const noPrincipals: Principals = { everyone: false, aws: [], service: [], federated: [], canonicalUser: [] };

const TYPES = new Map<string, Exclude<keyof Principals, "everyone">>([
  ["AWS", "aws"],
  ["Service", "service"],
  ["Federated", "federated"],
  ["CanonicalUser", "canonicalUser"],
]);

const AWS_PRINCIPAL = new RegExp(
  [
    /^\d{12}$/,
    /^arn:aws[a-z-]*:iam::(\d{12}|cloudfront):(root|(user|role)\/[^*?]+)$/,
    /^arn:aws[a-z-]*:sts::\d{12}:(assumed-role\/[^/*?]+\/[^/*?]+|federated-user\/[^*?]+)$/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

const SERVICE_PRINCIPAL = /^[a-z0-9][a-z0-9.-]*\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function parsePrincipals(value: unknown, kind: PolicyKind): Principals {
  if (value === "*") {
    if (kind === "trust") throw new MalformedPolicy('AssumeRolepolicy contained an invalid principal: "STAR":"*".');
    return { ...noPrincipals, everyone: true };
  }
  if (!isObject(value)) throw malformed(kind, "syntax");
  const principals: { -readonly [Field in keyof Principals]: Principals[Field] } = { ...noPrincipals };
  for (const [type, named] of Object.entries(value)) {
    const field = TYPES.get(type);
    const names = stringList(named);
    if (names === undefined) throw malformed(kind, "syntax");
    if (field === undefined || (field === "canonicalUser" && kind === "trust")) throw invalid(type, names[0] ?? "");
    if (field === "aws") {
      principals.everyone = names.includes("*");
      principals.aws = names.filter((name) => name !== "*");
    } else {
      principals[field] = names;
    }
    const wrong = principals[field].find((name) => !isValid(field, name));
    if (wrong !== undefined) throw invalid(type, wrong);
  }
  if (!principals.everyone && [...TYPES.values()].every((field) => principals[field].length === 0)) {
    throw new MalformedPolicy("Missing required field Principal cannot be empty!");
  }
  return principals;
}

function isValid(field: keyof Principals, name: string): boolean {
  if (field === "aws") return AWS_PRINCIPAL.test(name);
  return field === "service" ? SERVICE_PRINCIPAL.test(name) : name !== "";
}

function invalid(type: string, name: string): MalformedPolicy {
  const shown = TYPES.has(type) ? type.toUpperCase() : type;
  return new MalformedPolicy(`Invalid principal in policy: "${shown}":"${name}"`);
}
