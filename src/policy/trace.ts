import { type CompiledStatement, compilePolicy } from "./compile-policy.ts";
import { evaluate } from "./evaluate.ts";
import { type MissingStatement, missingStatements } from "./missing-statements.ts";
import type { Decision, NamedPolicy, Policy, PolicyRequest, PolicySet, Principals, Statement } from "./policy.ts";
import type { Reach } from "./principals.ts";
import { type Context, contextValues, variableNames } from "./variables.ts";

/** All that was looked at for one decision and what it said. Nothing but JSON, so that it can be kept. */
export interface Trace {
  readonly request: Omit<PolicyRequest, "context">;
  readonly resourceRule: NonNullable<PolicySet["resourceRule"]>;
  readonly decision: Decision;
  /** In the order in which they are asked for a deny. */
  readonly policies: readonly PolicyTrace[];
  /** What would allow what is denied, were it not denied explicitly: one statement for each policy that lacks one. */
  readonly missing: readonly MissingStatement[];
  /** The statement that decided, as it stands. */
  readonly decisive?: Statement;
  /** What is known of the request, by condition key; who has the trace made adds it. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
  /** Set where the user or role is there no more, so that nothing was looked at. */
  readonly principalIsGone?: true;
}

export interface PolicyTrace {
  readonly kind: Exclude<Decision["by"], "root">;
  readonly name: string;
  readonly statements: readonly StatementTrace[];
}

export interface StatementTrace {
  readonly index: number;
  readonly sid?: string;
  readonly effect: Statement["effect"];
  /** What keeps it from applying; a statement without obstacles applies. */
  readonly obstacles: readonly Obstacle[];
  /** How far an Allow of a resource's policy or a grant reaches to whom it names. */
  readonly reach?: Reach;
}

/** One element of a statement that does not fit the request. */
export interface Obstacle {
  readonly element: "Principal" | "Action" | "Resource" | "Condition";
  /** The element as it stands, in its negative form: `NotAction`. */
  readonly negated?: true;
  /** What the statement asks for. */
  readonly wanted: readonly string[];
  /** What the request has; absent where it lacks the condition's key. */
  readonly actual?: readonly string[];
  /** Of a condition: `ForAnyValue:StringLikeIfExists`. */
  readonly operator?: string;
  readonly key?: string;
  /** What the variables in `wanted` stand for; null where the request has no value for one. */
  readonly variables?: Readonly<Record<string, string | null>>;
}

/**
 * Decides as `evaluate` does and tells all of it. It asks the same compiled statements, at leisure: `evaluate` stops at
 * the first that decides. For use where somebody wants to know, not for every request.
 */
export function traceDecision(request: PolicyRequest, set: PolicySet): Trace {
  const { context: _, ...shown } = request;
  const decision = evaluate(request, set);
  const { by, statement } = decision;
  const policies = tracePolicies(request, set);
  // Two policies may be of one name: a user's own and a group's.
  const number = policies.findIndex(({ kind, name, statements }) => {
    return kind === by && name === statement?.policy && statements[statement.index]?.obstacles.length === 0;
  });
  const decisive = inOrder(set)[number]?.policy.policy.statements[statement?.index ?? 0];
  return {
    request: shown,
    resourceRule: set.resourceRule ?? "either",
    decision,
    ...(decisive && { decisive }),
    policies,
    missing: missingStatements(request, set),
  };
}

/** What each statement of each policy says to a request. */
export function tracePolicies(request: PolicyRequest, policies: PolicySet): readonly PolicyTrace[] {
  return inOrder(policies).map(({ kind, policy }) =>
    tracePolicy(kind, policy, request, policies.boundary !== undefined),
  );
}

interface OfKind {
  readonly kind: PolicyTrace["kind"];
  readonly policy: NamedPolicy;
}

function inOrder({ identity, boundary, session = [], resource, grants = [] }: PolicySet): readonly OfKind[] {
  const of = (kind: OfKind["kind"], policies: readonly NamedPolicy[]) => policies.map((policy) => ({ kind, policy }));
  return [
    ...of("identity", identity),
    ...of("boundary", boundary ? [boundary] : []),
    ...of("session", session),
    ...of("resource", resource ? [resource] : []),
    ...of("grant", grants),
  ];
}

/** The trace of a request of a user or role that is there no more. */
export function traceGonePrincipal(request: PolicyRequest, decision: Decision): Trace {
  const { context: _, ...shown } = request;
  return { request: shown, resourceRule: "either", decision, policies: [], missing: [], principalIsGone: true };
}

function tracePolicy(
  kind: PolicyTrace["kind"],
  named: NamedPolicy,
  request: PolicyRequest,
  hasBoundary: boolean,
): PolicyTrace {
  const { statements, version } = named.policy;
  const saysWho = kind === "resource" || kind === "grant";
  return {
    kind,
    name: named.name,
    statements: compilePolicy(named).all.map((compiled) => {
      const statement = statements[compiled.index]!;
      const reach = saysWho && statement.effect === "Allow" ? compiled.principals.allows(request.principal) : undefined;
      const isMeant =
        !saysWho ||
        reach !== undefined ||
        (statement.effect === "Deny" && compiled.principals.denies(request.principal, hasBoundary));
      return {
        index: compiled.index,
        ...(compiled.sid !== undefined && { sid: compiled.sid }),
        effect: statement.effect,
        obstacles: [
          ...(isMeant ? [] : [principalObstacle(statement, request)]),
          ...obstaclesOf(compiled, statement, version, request),
        ],
        ...(reach !== undefined && { reach }),
      };
    }),
  };
}

function obstaclesOf(
  { parts }: CompiledStatement,
  statement: Statement,
  version: Policy["version"],
  { action, resource, context }: PolicyRequest,
): readonly Obstacle[] {
  const found: Obstacle[] = [];
  if (!parts.action(action.toLowerCase())) {
    found.push({ element: "Action", ...listed(statement.action, statement.notAction), actual: [action] });
  }
  if (!parts.resource(resource, context)) {
    const list = listed(statement.resource, statement.notResource);
    found.push({ element: "Resource", ...list, actual: [resource], ...withVariables(list.wanted, version, context) });
  }
  for (const [index, holds] of parts.conditions.entries()) {
    if (holds(context)) continue;
    const { operator, qualifier, ifExists, key, values } = statement.conditions[index]!;
    const actual = contextValues(context, key.toLowerCase());
    found.push({
      element: "Condition",
      operator: `${qualifier === undefined ? "" : `${qualifier}:`}${operator}${ifExists ? "IfExists" : ""}`,
      key,
      wanted: values,
      ...(actual !== undefined && { actual }),
      ...withVariables(values, version, context),
    });
  }
  return found;
}

function principalObstacle({ principal, notPrincipal }: Statement, request: PolicyRequest): Obstacle {
  const { arn, roleArn, federatingUser } = request.principal;
  const behind = roleArn ?? federatingUser?.arn;
  return {
    element: "Principal",
    ...listed(principal && principalNames(principal), notPrincipal && principalNames(notPrincipal)),
    actual: [arn, ...(behind === undefined ? [] : [behind])],
  };
}

function principalNames({ everyone, aws, service, federated, canonicalUser }: Principals): readonly string[] {
  return [...(everyone ? ["*"] : []), ...aws, ...service, ...federated, ...canonicalUser];
}

function listed(positive: readonly string[] | undefined, negative: readonly string[] | undefined) {
  return negative === undefined ? { wanted: positive ?? [] } : { negated: true as const, wanted: negative };
}

function withVariables(
  texts: readonly string[],
  version: Policy["version"],
  context: Context,
): Pick<Obstacle, "variables"> {
  const names = [...new Set(texts.flatMap((text) => variableNames(text, version)))];
  if (names.length === 0) return {};
  const values = names.map((name) => [name, contextValues(context, name.toLowerCase())?.join(", ") ?? null] as const);
  return { variables: Object.fromEntries(values) };
}
