import { defined } from "../defined.ts";
import { evaluate } from "./evaluate.ts";
import { noPrincipals } from "./parse-principals.ts";
import type {
  Decision,
  NamedPolicy,
  PolicyRequest,
  PolicySet,
  PrincipalIdentity,
  Principals,
  Statement,
} from "./policy.ts";
import { type Context, contextValues } from "./variables.ts";

/** A statement that a policy of that kind would need. */
export interface MissingStatement {
  readonly kind: Exclude<Decision["by"], "root">;
  /** The statement, in the form of a policy's document. */
  readonly statement: {
    readonly Effect: "Allow";
    readonly Principal?: Readonly<Record<string, string>>;
    readonly Action: string;
    readonly Resource?: string;
    readonly Condition?: Readonly<Record<"StringEquals", Readonly<Record<string, string>>>>;
  };
}

/** An implicit deny names one kind of policy, so that each kind can be missing once. */
const mostMissing = 5;

/**
 * The fewest statements that would allow a denied request, once nothing denies it explicitly. It asks `evaluate`, adds the
 * statement that is missing, and repeats until the request is allowed.
 */
export function missingStatements(request: PolicyRequest, policies: PolicySet): readonly MissingStatement[] {
  const missing: MissingStatement[] = [];
  let tried = evaluate(request, policies).effect === "explicit-deny" ? withoutDenies(policies) : policies;
  let { effect, by } = evaluate(request, tried);
  while (effect === "implicit-deny" && missing.length < mostMissing) {
    const kind = by === "root" ? "identity" : by === "resource" && tried.resourceRule === "denies" ? "grant" : by;
    if (missing.some((each) => each.kind === kind)) return [];
    missing.push({ kind, statement: shownStatement(request, kind, tried) });
    tried = withStatement(tried, kind, request);
    ({ effect, by } = evaluate(request, tried));
  }
  return effect === "allow" ? missing : [];
}

function withoutDenies({ identity, session, boundary, resource, ...rest }: PolicySet): PolicySet {
  return {
    ...rest,
    identity: identity.map(allowsOf),
    ...defined({
      session: session?.map(allowsOf),
      boundary: boundary && allowsOf(boundary),
      resource: resource && allowsOf(resource),
    }),
  };
}

function allowsOf({ name, policy }: NamedPolicy): NamedPolicy {
  return { name, policy: { ...policy, statements: policy.statements.filter(({ effect }) => effect === "Allow") } };
}

function withStatement(policies: PolicySet, kind: MissingStatement["kind"], request: PolicyRequest): PolicySet {
  const { identity, session = [], boundary, resource, grants = [] } = policies;
  const allow: Statement = { effect: "Allow", action: ["*"], resource: ["*"], conditions: [] };
  const naming = { ...allow, principal: principals(request.principal) };
  switch (kind) {
    case "identity":
      return { ...policies, identity: [...identity, added(undefined, allow)] };
    case "session":
      return { ...policies, session: [...session, added(undefined, allow)] };
    case "boundary":
      return { ...policies, boundary: added(boundary, allow) };
    case "resource":
      return { ...policies, resource: added(resource, naming) };
    case "grant":
      return { ...policies, grants: [...grants, added(undefined, naming)] };
  }
}

function added(to: NamedPolicy | undefined, statement: Statement): NamedPolicy {
  const { version = "2012-10-17", statements = [] } = to?.policy ?? {};
  return { name: to?.name ?? "missing", policy: { version, statements: [...statements, statement] } };
}

function shownStatement(
  { principal, action, resource, context }: PolicyRequest,
  kind: MissingStatement["kind"],
  { resourceRule }: PolicySet,
): MissingStatement["statement"] {
  const Effect = "Allow" as const;
  if (kind !== "resource" && kind !== "grant") return { Effect, Action: action, Resource: resource };
  const Principal = { [principalType(principal)]: nameOf(principal) };
  // A trust policy names no resource; every other resource's policy is about that resource alone.
  const isTrust = resourceRule === "alone" && action.toLowerCase().startsWith("sts:");
  return {
    Effect,
    Principal,
    Action: action,
    ...defined({ Resource: isTrust ? undefined : "*" }),
    ...tokenCondition(principal, context),
  };
}

/** Anybody can get a token of a public identity provider: a statement has to name subject and audience. */
function tokenCondition(
  { kind, arn }: PrincipalIdentity,
  context: Context,
): Pick<MissingStatement["statement"], "Condition"> {
  if (kind !== "web-identity") return {};
  const provider = arn.includes(":saml-provider/") ? "saml" : arn.slice(arn.indexOf("/") + 1);
  const claims = ["aud", "sub"].flatMap((claim) => {
    const key = `${provider}:${claim}`;
    const [value, ...more] = contextValues(context, key.toLowerCase()) ?? [];
    return value !== undefined && more.length === 0 ? [[key, value] as const] : [];
  });
  return claims.length === 0 ? {} : { Condition: { StringEquals: Object.fromEntries(claims) } };
}

function principals(principal: PrincipalIdentity): Principals {
  const field = { AWS: "aws", Service: "service", Federated: "federated" }[principalType(principal)];
  return { ...noPrincipals, [field]: [nameOf(principal)] };
}

function principalType({ kind }: PrincipalIdentity): "AWS" | "Service" | "Federated" {
  if (kind === "service") return "Service";
  return kind === "web-identity" ? "Federated" : "AWS";
}

/** The name that a policy uses: a role rather than one of its sessions, which come and go. */
function nameOf({ arn, roleArn }: PrincipalIdentity): string {
  return roleArn ?? arn;
}
