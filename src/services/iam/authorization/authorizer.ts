import type { Access, Authorize, Call, Grant, Principal } from "../../../model/call.ts";
import {
  type Decision,
  denialMessage,
  evaluate,
  type NamedPolicy,
  type PolicyRequest,
  type PolicySet,
  type Trace,
  traceDecision,
  traceGonePrincipal,
} from "../../../policy/index.ts";
import type { IamStore } from "../store.ts";
import type { Tags } from "../tags.ts";
import { idWithoutSession } from "../unique-id.ts";
import { conditionContext, knownContext, type Membership, type Memberships } from "./condition-keys.ts";
import { policyCache, type ReadPolicy } from "./policy-cache.ts";

interface AuthorizerOptions {
  readonly store: {
    readonly effectivePolicies: Pick<IamStore["effectivePolicies"], "find">;
    readonly policies: Pick<IamStore["policies"], "document">;
  };
  /** The organization of all accounts. Without it they belong to none. */
  readonly organization?: Organization;
}

/** An organization whose accounts are all in the same place. */
export interface Organization extends Membership {
  has(account: string): Promise<boolean>;
}

interface PrincipalPolicies extends Pick<PolicySet, "identity" | "boundary" | "session"> {
  readonly tags: Tags;
}

const none: PrincipalPolicies = { identity: [], tags: {} };
const byRoot: Decision = { effect: "allow", by: "root" };
/** The user or role was deleted. */
const isGone: Decision = { effect: "implicit-deny", by: "identity" };

/**
 * Decides by the caller's policies, as they are at that moment, and the resource's. A session does not outlive its user or
 * role: once that was deleted, everything is denied. Each decision is kept with the call, together with a function that
 * traces it, which is seldom called.
 */
export function authorizer({ store, organization }: AuthorizerOptions): Authorize {
  const read = policyCache();
  return async (call, access) => {
    if (isOwnersRoot(call, access)) {
      keep(call, access, byRoot);
      return undefined;
    }
    const { principal } = call;
    const { action, resource } = access;
    const policies = await principalPolicies(store, read, call.principal);
    const memberships = organization ? await membershipsOf(organization, call, access) : {};
    const request: PolicyRequest = {
      principal,
      action,
      resource,
      resourceAccount: access.resourceAccount ?? call.account,
      context: conditionContext(call, access, policies?.tags ?? {}, memberships),
    };
    const context = () => knownContext(call, access, policies?.tags ?? {}, memberships);
    if (!policies) {
      keep(call, access, isGone, () => ({ ...traceGonePrincipal(request, isGone), context: context() }));
      return wording(request, isGone);
    }
    let asked: PolicySet = { ...policies, ...resourcePolicy(read, access) };
    let decision = evaluate(request, asked);
    // Grants are read where nothing else decides: they only allow.
    if (access.grants !== undefined && decision.effect === "implicit-deny") {
      asked = { ...asked, grants: (await access.grants()).map(grantPolicy) };
      decision = evaluate(request, asked);
    }
    const decidedOn = asked;
    keep(call, access, decision, () => ({ ...traceDecision(request, decidedOn), context: context() }));
    return decision.effect === "allow" ? undefined : wording(request, decision);
  };
}

function keep({ principal, decisions }: Call, access: Access, decision: Decision, trace?: () => Trace): void {
  const { action, resource } = access;
  const denied = decision.effect !== "allow" && { access };
  decisions.push({ principal: principal.arn, action, resource, ...decision, ...denied, ...(trace && { trace }) });
}

/** A grant as a policy. The older version of the language has no variables. */
function grantPolicy({ id, principals, actions, conditions }: Grant): NamedPolicy {
  const principal = { everyone: false, aws: principals, service: [], federated: [], canonicalUser: [] };
  const statement = {
    effect: "Allow",
    principal,
    action: actions,
    resource: ["*"],
    conditions: conditions.map((condition) => ({ ...condition, ifExists: false })),
  } as const;
  return { name: id, policy: { version: "2008-10-17", statements: [statement] } };
}

/** Whoever signed a request belongs to an account of the organization. Services and providers' users do not. */
function membershipsOf(
  organization: Organization,
  { principal, account }: Call,
  { resourceAccount = account }: Access,
): Memberships | Promise<Memberships> {
  const isMember = principal.kind !== "service" && principal.kind !== "web-identity";
  if (isMember && resourceAccount === principal.account) return { principal: organization, resource: organization };
  return organization.has(resourceAccount).then((isResource) => ({
    principal: isMember ? organization : undefined,
    resource: isResource ? organization : undefined,
  }));
}

/** Nothing limits the root user where the resource has no policy of its own. Every request of root asks, so it is fast. */
function isOwnersRoot({ principal, account }: Call, { resourcePolicy, resourceAccount = account }: Access): boolean {
  const unlimited = principal.kind === "root" && principal.sessionPolicies === undefined;
  return unlimited && resourcePolicy === undefined && resourceAccount === principal.account;
}

/** `undefined` where the user or role was deleted. */
async function principalPolicies(
  store: AuthorizerOptions["store"],
  read: ReadPolicy,
  principal: Principal,
): Promise<PrincipalPolicies | undefined> {
  const given = principal.sessionPolicies ?? [];
  const session = given.length === 0 ? {} : { session: await sessionPolicies(store, read, given) };
  const entityId = entityBehind(principal);
  if (entityId === undefined) return { ...none, ...session };
  const found = await store.effectivePolicies.find(entityId);
  if (!found) return undefined;
  const { identity, boundary, tags } = found;
  return {
    identity: identity.map(({ name, text }) => read(name, text, "identity")),
    ...(boundary && { boundary: read(boundary.name, boundary.text, "identity") }),
    ...session,
    tags,
  };
}

/** The id of the user or role whose policies count. Root, services and providers' users have none. */
function entityBehind({ kind, userId, federatingUser }: Principal): string | undefined {
  if (kind === "federated-user") return federatingUser?.userId;
  return kind === "user" || kind === "assumed-role" ? idWithoutSession(userId) : undefined;
}

/** A managed policy that was deleted allows nothing. The session's other policies still count. */
async function sessionPolicies(
  store: AuthorizerOptions["store"],
  read: ReadPolicy,
  given: readonly string[],
): Promise<readonly NamedPolicy[]> {
  const session: NamedPolicy[] = [];
  for (const policy of given) {
    const isDocument = !policy.startsWith("arn:");
    const document = isDocument ? policy : await store.policies.document(policy);
    if (document === undefined) session.push({ name: policy, policy: { version: "2012-10-17", statements: [] } });
    else session.push(read(isDocument ? "session policy" : policy, document, isDocument ? "session" : "identity"));
  }
  return session;
}

function resourcePolicy(read: ReadPolicy, { action, resourcePolicy: given }: Access) {
  if (!given) return {};
  const kind = action.startsWith("sts:") ? "trust" : "resource";
  return { resource: read(given.name, given.document, kind), resourceRule: given.rule };
}

/** STS gives no reason where nothing allows to assume a role, so that nobody learns which roles exist. */
function wording(request: PolicyRequest, decision: Parameters<typeof denialMessage>[1]): string {
  const { principal, action, resource } = request;
  const assumes = action.startsWith("sts:") && principal.kind !== "web-identity";
  if (assumes && resource !== "*" && decision.effect === "implicit-deny") {
    return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  }
  return denialMessage(request, decision);
}
