import type { ContextEntry } from "@aws-sdk/client-iam";
import type { Api } from "../../api/client.ts";
import { everyPage } from "../../api/pages.ts";

/** One action on one resource. */
export interface Verdict {
  readonly action: string;
  readonly resource: string;
  readonly decision: string;
  readonly statements: readonly { readonly policy: string; readonly line: number }[];
  /** Condition keys that policies ask for and the simulation does not have. */
  readonly missing: readonly string[];
  readonly isOutsideBoundary: boolean;
}

export interface Simulation {
  readonly principal: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly context: readonly ContextEntry[];
}

/** Every action on every resource, in the order of the form. */
export async function simulate(
  api: Api,
  { principal, actions, resources, context }: Simulation,
): Promise<readonly Verdict[]> {
  const results = await everyPage(
    api,
    "iam",
    "SimulatePrincipalPolicy",
    {
      PolicySourceArn: principal,
      ActionNames: [...actions],
      ...(resources.length > 0 && { ResourceArns: [...resources] }),
      ...(context.length > 0 && { ContextEntries: [...context] }),
    },
    "EvaluationResults",
  );
  return results.flatMap((result): Verdict[] => {
    const { EvalActionName: action = "", ResourceSpecificResults: each = [], ...whole } = result;
    if (each.length === 0) {
      return [verdict(action, whole.EvalResourceName, { ...whole, EvalResourceDecision: whole.EvalDecision })];
    }
    return each.map((one) => verdict(action, one.EvalResourceName, one));
  });
}

interface Answer {
  readonly EvalResourceDecision?: string | undefined;
  readonly MatchedStatements?:
    | readonly {
        readonly SourcePolicyId?: string | undefined;
        readonly StartPosition?: { readonly Line?: number | undefined } | undefined;
      }[]
    | undefined;
  readonly MissingContextValues?: readonly string[] | undefined;
  readonly PermissionsBoundaryDecisionDetail?:
    | { readonly AllowedByPermissionsBoundary?: boolean | undefined }
    | undefined;
}

function verdict(action: string, resource: string | undefined, answer: Answer): Verdict {
  return {
    action,
    resource: resource ?? "*",
    decision: answer.EvalResourceDecision ?? "implicitDeny",
    statements: (answer.MatchedStatements ?? []).map(({ SourcePolicyId = "", StartPosition }) => ({
      policy: SourcePolicyId,
      line: StartPosition?.Line ?? 1,
    })),
    missing: answer.MissingContextValues ?? [],
    isOutsideBoundary: answer.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false,
  };
}

export function lines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Condition keys with their values, as `aws:SourceIp=10.0.0.1`, one a line; undefined if a line is none. */
export function contextOf(text: string): readonly ContextEntry[] | undefined {
  const entries: ContextEntry[] = [];
  for (const line of lines(text)) {
    const [, ContextKeyName, values] = /^([^=\s]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (ContextKeyName === undefined || values === undefined) return undefined;
    const ContextKeyValues = values.split(",").map((value) => value.trim());
    entries.push({
      ContextKeyName,
      ContextKeyValues,
      ContextKeyType: ContextKeyValues.length > 1 ? "stringList" : "string",
    });
  }
  return entries;
}
