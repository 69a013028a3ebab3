import type { ResourceSpecificResult, Statement } from "@aws-sdk/client-iam";
import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import {
  evaluate,
  type PolicyRequest,
  type PolicySet,
  type PrincipalIdentity,
  type StatementPosition,
  tracePolicies,
} from "../../../policy/index.ts";
import type { SimulatedPolicy } from "./input.ts";

/** The data of every decision of a simulation. */
export interface Simulation {
  readonly policies: PolicySet;
  /** The identity's policies, the boundary, the resource's own policy. */
  readonly all: readonly SimulatedPolicy[];
  readonly context: ReadonlyMap<string, readonly string[]>;
  readonly principal: PrincipalIdentity;
  readonly owner: string;
  /** Condition keys that the policies ask for and the request lacks. */
  readonly missing: readonly string[];
  /** The positions of the statements of one of `all`, read when first asked for. */
  positions(policy: number): readonly StatementPosition[];
}

/** A decision as the results of single resources show it. */
export interface Answer
  extends Pick<ResourceSpecificResult, "PermissionsBoundaryDecisionDetail" | "EvalDecisionDetails"> {
  readonly EvalResourceDecision: (typeof decisions)[keyof typeof decisions];
  readonly MatchedStatements: Statement[];
  readonly MissingContextValues: string[];
}

const decisions = { allow: "allowed", "explicit-deny": "explicitDeny", "implicit-deny": "implicitDeny" } as const;

/** Decides about one action on one resource. */
export function decide(simulation: Simulation, action: string, resource: string): Answer {
  const { policies, context, principal, owner } = simulation;
  const account = parseArn(resource)?.account;
  // Without the resource's policy nobody knows what its account would say.
  const resourceAccount = policies.resource === undefined ? principal.account : account || owner;
  const request: PolicyRequest = { principal, action, resource, resourceAccount, context: (key) => context.get(key) };
  const countsAlone = policies.resource !== undefined && /^(kms|sts):/i.test(action);
  const asked: PolicySet = countsAlone ? { ...policies, resourceRule: "alone" } : policies;
  const { effect } = evaluate(request, asked);
  const isForeign = resourceAccount !== principal.account;
  return {
    EvalResourceDecision: decisions[effect],
    MatchedStatements: matchedStatements(simulation, request, asked, effect),
    MissingContextValues: effect === "implicit-deny" ? [...simulation.missing] : [],
    ...boundaryDetail(request, asked),
    ...defined({ EvalDecisionDetails: isForeign ? accountDetails(request, asked) : undefined }),
  };
}

/** Every statement that allows where the request is allowed, every one that denies where it is denied explicitly. */
function matchedStatements(
  { positions }: Simulation,
  request: PolicyRequest,
  policies: PolicySet,
  effect: keyof typeof decisions,
): Statement[] {
  if (effect === "implicit-deny") return [];
  const wanted = effect === "allow" ? "Allow" : "Deny";
  return tracePolicies(request, policies).flatMap(({ kind, name, statements }, number) => {
    if (kind === "boundary" && wanted === "Allow") return [];
    const applying = statements.filter(({ obstacles, effect }) => obstacles.length === 0 && effect === wanted);
    if (applying.length === 0) return [];
    const places = positions(number);
    return applying.map(({ index }) => ({
      SourcePolicyId: name,
      // AWS's own words, which its model does not list.
      SourcePolicyType: (kind === "resource" ? "Resource Policy" : "IAM Policy") as Statement["SourcePolicyType"],
      StartPosition: shownPosition(places[index]?.start),
      EndPosition: shownPosition(places[index]?.end),
    }));
  });
}

function shownPosition(position: { readonly line: number; readonly column: number } | undefined) {
  return { Line: position?.line ?? 1, Column: position?.column ?? 1 };
}

function boundaryDetail(request: PolicyRequest, { boundary }: PolicySet) {
  if (boundary === undefined) return {};
  const { effect } = evaluate({ ...request, resourceAccount: request.principal.account }, { identity: [boundary] });
  return { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: effect === "allow" } };
}

/** The decision of each account about a request from one account to another. */
function accountDetails(request: PolicyRequest, { identity, boundary, resource }: PolicySet) {
  const trusted = evaluate(
    { ...request, resourceAccount: request.principal.account },
    { identity, ...defined({ boundary }) },
  );
  const everything = [{ effect: "Allow", action: ["*"], resource: ["*"], conditions: [] }] as const;
  const anything = { name: "anything", policy: { version: "2012-10-17", statements: everything } } as const;
  const trusting = evaluate(request, { identity: [anything], ...defined({ resource }) });
  return { "IAM Policy": decisions[trusted.effect], "Resource Policy": decisions[trusting.effect] };
}
