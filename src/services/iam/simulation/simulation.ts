import { setImmediate } from "node:timers/promises";
import type { EvaluationResult, Statement } from "@aws-sdk/client-iam";
import { parseArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import { validationError } from "../../../model/common-errors.ts";
import { contextKeysOf, type StatementPosition, statementPositions } from "../../../policy/index.ts";
import { invalidInput } from "../errors.ts";
import { endPage, readPage } from "../page.ts";
import { type Answer, decide, type Simulation } from "./decision.ts";
import {
  checkActions,
  inputPolicy,
  type SimulatedPolicy,
  type SimulationInput,
  simulatedCaller,
  simulatedContext,
  simulatedOwner,
  simulatedResources,
} from "./input.ts";

/** The most decisions of one page, and the most statements that they read. AWS may return fewer than asked for, too. */
const mostDecisions = 1000;
const mostStatements = 20_000;
/** The most statements that the decisions about one action may read, as a page holds one action at least. */
const mostOfOneAction = 50_000;
/** AWS shows this for a caller that the request does not name. */
const nobody = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR";

/** The answer of SimulateCustomPolicy and SimulatePrincipalPolicy: each action's decision, in the order asked for. */
export async function simulate(
  input: SimulationInput & { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  given: { readonly identity: readonly SimulatedPolicy[]; readonly boundary?: SimulatedPolicy | undefined },
  call: Call,
) {
  const actions = input.ActionNames ?? [];
  const resources = simulatedResources(input);
  checkActions(actions);
  const simulation = prepare(input, given, call);
  const asked = readPage(defined({ Marker: input.Marker, MaxItems: input.MaxItems }));
  const statements = simulation.all.reduce((sum, { policy }) => sum + policy.statements.length, 0);
  if (statements * resources.length > mostOfOneAction) {
    throw invalidInput(`Policies with ${statements} statements cannot be simulated for ${resources.length} resources.`);
  }
  const decisions = Math.min(mostDecisions, mostStatements / statements);
  const limit = Math.max(1, Math.min(asked.limit, Math.floor(decisions / resources.length)));
  if (!/^\d*$/.test(asked.after)) throw validationError("Invalid Marker.");
  const first = Number(asked.after);
  const names = actions.slice(first, first + limit + 1);
  const { page, ...rest } = endPage(names, { ...asked, limit }, () => String(first + limit));
  const results: EvaluationResult[] = [];
  for (const action of page) results.push(await evaluateAction(simulation, action, resources));
  return { EvaluationResults: results, ...rest };
}

function prepare(
  input: SimulationInput,
  { identity, boundary }: Parameters<typeof simulate>[1],
  call: Call,
): Simulation {
  const caller = simulatedCaller(input);
  const account = parseArn(caller ?? "")?.account ?? call.account;
  const resource =
    input.ResourcePolicy === undefined ? undefined : inputPolicy("ResourcePolicy", input.ResourcePolicy, kindOf(input));
  // In the order in which `tracePolicies` names the policies of a set.
  const all = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  const context = new Map([...callerContext(caller, account), ...simulatedContext(input)]);
  const positions = new Map<number, readonly StatementPosition[]>();
  return {
    policies: { identity, ...defined({ boundary, resource }) },
    all,
    context,
    missing: contextKeysOf(all.map(({ policy }) => policy)).filter((key) => !context.has(key.toLowerCase())),
    positions(policy) {
      const known = positions.get(policy) ?? statementPositions(all[policy]?.document ?? "");
      positions.set(policy, known);
      return known;
    },
    principal: callingPrincipal(caller ?? nobody, account),
    owner: simulatedOwner(input) ?? account,
  };
}

/** The policy of a role that actions of STS assume is a trust policy. */
function kindOf({ ActionNames: actions = [] }: SimulationInput): "trust" | "resource" {
  return actions.every((action) => /^sts:/i.test(action)) ? "trust" : "resource";
}

/** A role's session makes the request: a resource's policy that names the role does not lift the boundary of it. */
function callingPrincipal(arn: string, account: string): Simulation["principal"] {
  const [, partition, name] = /^arn:([^:]+):iam::\d{12}:role\/(?:.*\/)?(.+)$/.exec(arn) ?? [];
  if (name === undefined) return { kind: "user", arn, account };
  const session = `arn:${partition}:sts::${account}:assumed-role/${name}/${nobody}`;
  return { kind: "assumed-role", arn: session, account, roleArn: arn };
}

/** The condition keys that AWS adds unless the request has them. */
function callerContext(caller: string | undefined, account: string): Map<string, readonly string[]> {
  const name = caller?.slice(caller.lastIndexOf("/") + 1);
  return new Map([
    ["aws:principalaccount", [account]],
    ["aws:requestedregion", ["us-east-1"]],
    ["aws:userid", [caller ?? nobody]],
    ...(caller === undefined ? [] : [["aws:principalarn", [caller]] as const]),
    ...(caller?.includes(":user/") ? [["aws:username", [name ?? ""]] as const] : []),
  ]);
}

async function evaluateAction(
  simulation: Simulation,
  action: string,
  resources: readonly string[],
): Promise<EvaluationResult> {
  const answers: (Answer & { readonly resource: string })[] = [];
  for (const resource of resources) {
    answers.push({ resource, ...decide(simulation, action, resource) });
    // The policies in a request may be long: other requests must not wait for all of its decisions.
    await setImmediate();
  }
  const worst = (["explicitDeny", "implicitDeny", "allowed"] as const).find((decision) =>
    answers.some(({ EvalResourceDecision: each }) => each === decision),
  );
  const isSpecific = resources[0] !== "*";
  const boundaries = answers.flatMap(({ PermissionsBoundaryDecisionDetail: detail }) => detail ?? []);
  const isInside = boundaries.every(({ AllowedByPermissionsBoundary: allowed }) => allowed === true);
  const details = answers.length === 1 ? (answers[0]?.EvalDecisionDetails ?? {}) : {};
  const matched = worst === "explicitDeny" ? answers.filter((each) => each.EvalResourceDecision === worst) : answers;
  return {
    EvalActionName: action,
    EvalResourceName: resources.length === 1 ? resources[0] : "*",
    EvalDecision: worst,
    MatchedStatements: distinct(matched.flatMap(({ MatchedStatements: each }) => each)),
    MissingContextValues: [...new Set(answers.flatMap(({ MissingContextValues: each }) => each))],
    ...defined({
      PermissionsBoundaryDecisionDetail: boundaries.length > 0 ? { AllowedByPermissionsBoundary: isInside } : undefined,
      EvalDecisionDetails: isSpecific ? details : undefined,
      ResourceSpecificResults: isSpecific
        ? answers.map(({ resource, ...answer }) => ({ EvalResourceName: resource, ...answer }))
        : undefined,
    }),
  };
}

function distinct(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}
