import { defined } from "../defined.ts";
import { type CompiledStatement, compilePolicy } from "./compile-policy.ts";
import { evaluate } from "./evaluate.ts";
import { type MissingStatement, missingStatements } from "./missing-statements.ts";
import type { Decision, NamedPolicy, Policy, PolicyRequest, PolicySet, Principals, Statement } from "./policy.ts";
import type { Reach } from "./principals.ts";
import { type Context, contextValues, variableNames } from "./variables.ts";

/** All policies of one decision, and what each says. It is JSON, so that it can be stored. */
export interface Trace {
  readonly request: Omit<PolicyRequest, "context">;
  readonly resourceRule: NonNullable<PolicySet["resourceRule"]>;
  readonly decision: Decision;
  /** The order is that in which `evaluate` looks for a deny. */
  readonly policies: readonly PolicyTrace[];
  /** The statements that would allow the request if nothing denied it explicitly: one for each policy that lacks one. */
  readonly missing: readonly MissingStatement[];
  /** The statement that decided. */
  readonly decisive?: Statement;
  /** The request's condition keys; the maker of the trace adds them. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
  /** Set if the user or role no longer exists, so that no policy was read. */
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
  /** The elements that do not fit the request; a statement without obstacles applies. */
  readonly obstacles: readonly Obstacle[];
  /** The reach of an Allow in a resource's policy or a grant that names the caller. */
  readonly reach?: Reach;
}

/** One element of a statement that does not fit the request. */
export interface Obstacle {
  readonly element: "Principal" | "Action" | "Resource" | "Condition";
  /** Set if the statement has the negative form: `NotAction`. */
  readonly negated?: true;
  /** The statement's values. */
  readonly wanted: readonly string[];
  /** The request's values; absent if it lacks the condition's key. */
  readonly actual?: readonly string[];
  /** A condition's operator: `ForAnyValue:StringLikeIfExists`. */
  readonly operator?: string;
  readonly key?: string;
  /** The values of the variables in `wanted`; null if the request has no value for one. */
  readonly variables?: Readonly<Record<string, string | null>>;
}

/**
 * Decides as `evaluate` does, with all reasons. It asks every compiled statement, while `evaluate` stops at the first that
 * decides, so that it is too slow for every request.
 */
export function traceDecision(request: PolicyRequest, set: PolicySet): Trace {
  const { context: _, ...shown } = request;
  const decision = evaluate(request, set);
  const { by, statement } = decision;
  const policies = tracePolicies(request, set);
  // Two policies may have one name: a user's own and a group's.
  const number = policies.findIndex(({ kind, name, statements }) => {
    return kind === by && name === statement?.policy && statements[statement.index]?.obstacles.length === 0;
  });
  const decisive = inOrder(set)[number]?.policy.policy.statements[statement?.index ?? 0];
  return {
    request: shown,
    resourceRule: set.resourceRule ?? "either",
    decision,
    ...defined({ decisive }),
    policies,
    missing: missingStatements(request, set),
  };
}

/** Traces each statement of each policy for a request. */
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

/** The trace of a request by a user or role that no longer exists. */
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
  const { version } = named.policy;
  const saysWho = kind === "resource" || kind === "grant";
  return {
    kind,
    name: named.name,
    statements: compilePolicy(named).all.map((compiled) => {
      const { index, sid, source: statement } = compiled;
      const reach = saysWho && statement.effect === "Allow" ? compiled.principals.allows(request.principal) : undefined;
      const isMeant =
        !saysWho ||
        reach !== undefined ||
        (statement.effect === "Deny" && compiled.principals.denies(request.principal, hasBoundary));
      return {
        index,
        ...defined({ sid }),
        effect: statement.effect,
        obstacles: [
          ...(isMeant ? [] : [principalObstacle(statement, request)]),
          ...obstaclesOf(compiled, version, request),
        ],
        ...defined({ reach }),
      };
    }),
  };
}

function obstaclesOf(
  { parts, source: statement }: CompiledStatement,
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
  for (const { source, holds } of parts.conditions) {
    if (holds(context)) continue;
    const { operator, qualifier, ifExists, key, values } = source;
    const actual = contextValues(context, key.toLowerCase());
    found.push({
      element: "Condition",
      operator: `${qualifier === undefined ? "" : `${qualifier}:`}${operator}${ifExists ? "IfExists" : ""}`,
      key,
      wanted: values,
      ...defined({ actual }),
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
