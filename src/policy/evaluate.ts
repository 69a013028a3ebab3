import { defined } from "../defined.ts";
import { type CompiledStatement, compilePolicy } from "./compile-policy.ts";
import type { Decision, NamedPolicy, PolicyRequest, PolicySet } from "./policy.ts";
import { isOutsider, type Reach } from "./principals.ts";

type Narrowing = Pick<PolicySet, "boundary" | "session">;

/** A decision to allow, and its reach; neither boundary nor session policies limit `direct`. */
interface Allowance {
  readonly decision: Decision;
  readonly reach: Reach;
}

/**
 * Decides as IAM does: an explicit deny in any policy, else an allow from every kind of policy that has to give one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: PolicyRequest, policies: PolicySet): Decision {
  const denied = findDeny(request, relevant(request, policies));
  if (denied !== undefined) return denied;
  const decision = withoutGrants(request, policies);
  return decision.effect === "allow" ? decision : (grantAllow(request, policies) ?? decision);
}

/** Services and identity providers' users are not identities of IAM, so that only the resource's policy counts. */
function relevant({ principal }: PolicyRequest, policies: PolicySet): PolicySet {
  if (!isOutsider(principal)) return policies;
  const { resource } = policies;
  return { identity: [], ...defined({ resource }) };
}

/** The decision of all policies but grants, once none denies explicitly. */
function withoutGrants(request: PolicyRequest, policies: PolicySet): Decision {
  const { principal } = request;
  if (isOutsider(principal)) {
    return resourceAllowance(request, relevant(request, policies))?.decision ?? implicit("resource");
  }
  const sameAccount = principal.account === request.resourceAccount;
  const fromResource = resourceAllowance(request, policies);
  const resourceMustAllow = !sameAccount || (policies.resourceRule ?? "either") !== "either";
  if (resourceMustAllow && fromResource === undefined) return implicit("resource");
  if (sameAccount && fromResource?.reach === "direct") return fromResource.decision;

  const resourceMayAllow = sameAccount && fromResource?.reach === "granted";
  const fromIdentity = resourceMustAllow && resourceMayAllow ? undefined : identityAllow(request, policies.identity);
  const allowed = fromIdentity ?? (resourceMayAllow ? fromResource.decision : undefined);
  if (allowed === undefined) return implicit("identity");
  const narrowed = findNarrowing(request, policies);
  if (narrowed !== undefined) return narrowed;
  // In another account, root needs no policy of its own: the resource's policy is the one that allowed.
  return resourceMustAllow && fromResource !== undefined && allowed.by === "root" ? fromResource.decision : allowed;
}

/**
 * A grant allows by itself, whatever the grantee's account, and reaches as far as a statement of the resource's policy with
 * the same principal: a role is limited by its boundary and its session's policies; an account delegates to its identity
 * policies. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function grantAllow(request: PolicyRequest, policies: PolicySet): Decision | undefined {
  let narrowed: Decision | undefined;
  for (const grant of policies.grants ?? []) {
    const allowed = allowanceOf(request, grant, policies.session, "grant");
    if (allowed === undefined) continue;
    if (allowed.reach === "direct") return allowed.decision;
    if (allowed.reach === "delegated" && identityAllow(request, policies.identity) === undefined) continue;
    const limit = findNarrowing(request, policies);
    if (limit === undefined) return allowed.decision;
    narrowed = limit;
  }
  return narrowed;
}

function findDeny(request: PolicyRequest, policies: PolicySet): Decision | undefined {
  const { identity, boundary, session = [], resource } = policies;
  const hasBoundary = boundary !== undefined;
  return (
    firstDeny(request, identity, "identity") ??
    firstDeny(request, boundary === undefined ? [] : [boundary], "boundary") ??
    firstDeny(request, session, "session") ??
    firstDeny(request, resource === undefined ? [] : [resource], "resource", ({ principals }) =>
      principals.denies(request.principal, hasBoundary),
    )
  );
}

function firstDeny(
  request: PolicyRequest,
  policies: readonly NamedPolicy[],
  by: Decision["by"],
  concerns: (statement: CompiledStatement) => boolean = () => true,
): Decision | undefined {
  for (const policy of policies) {
    const statement = compilePolicy(policy)
      .deny(request.action)
      .find((each) => concerns(each) && each.applies(request));
    if (statement !== undefined) return explicit("explicit-deny", by, policy, statement);
  }
  return undefined;
}

function firstAllow(
  request: PolicyRequest,
  policies: readonly NamedPolicy[],
  by: Decision["by"],
): Decision | undefined {
  for (const policy of policies) {
    const statement = compilePolicy(policy)
      .allow(request.action)
      .find((each) => each.applies(request));
    if (statement !== undefined) return explicit("allow", by, policy, statement);
  }
  return undefined;
}

function identityAllow(request: PolicyRequest, identity: readonly NamedPolicy[]): Decision | undefined {
  const { kind, federatingUser } = request.principal;
  if (kind === "root" || (kind === "federated-user" && !federatingUser)) return { effect: "allow", by: "root" };
  return firstAllow(request, identity, "identity");
}

/** The farthest-reaching allow of the resource's policy. */
function resourceAllowance(request: PolicyRequest, policies: PolicySet): Allowance | undefined {
  const { resource, resourceRule, session } = policies;
  if (resource === undefined || resourceRule === "denies") return undefined;
  return allowanceOf(request, resource, session, "resource");
}

function allowanceOf(
  request: PolicyRequest,
  resource: NamedPolicy,
  session: PolicySet["session"],
  by: Decision["by"],
): Allowance | undefined {
  let best: { readonly statement: CompiledStatement; readonly reach: Reach } | undefined;
  for (const statement of compilePolicy(resource).allow(request.action)) {
    const named = statement.principals.allows(request.principal);
    if (named === undefined || !statement.applies(request)) continue;
    // A user's session does not have the user's ARN.
    const reach = named === "direct" && request.principal.kind === "user" && session?.length ? "granted" : named;
    if (best === undefined || strength[reach] > strength[best.reach]) best = { statement, reach };
  }
  return best && { decision: explicit("allow", by, resource, best.statement), reach: best.reach };
}

const strength: Readonly<Record<Reach, number>> = { delegated: 0, granted: 1, direct: 2 };

/**
 * The implicit deny of a boundary or of the session's policies, if there are any and none of them allows. A federated
 * user may do only what its session's policies allow; without any it may do nothing.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
function findNarrowing(request: PolicyRequest, { boundary, session = [] }: Narrowing): Decision | undefined {
  if (boundary !== undefined && !firstAllow(request, [boundary], "boundary")) return implicit("boundary");
  const limited = session.length > 0 || request.principal.kind === "federated-user";
  if (limited && !firstAllow(request, session, "session")) return implicit("session");
  return undefined;
}

function implicit(by: Decision["by"]): Decision {
  return { effect: "implicit-deny", by };
}

function explicit(
  effect: Decision["effect"],
  by: Decision["by"],
  { name }: NamedPolicy,
  { index, sid }: CompiledStatement,
): Decision {
  return { effect, by, statement: { policy: name, index, ...(sid !== undefined && { sid }) } };
}
