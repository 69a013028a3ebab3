import type { Place } from "./references.ts";
import type { Need } from "./verdict.ts";

interface Statement {
  readonly Effect: "Allow";
  readonly Action: string;
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** The smallest policy that allows all of it: one statement for each action, on the resources themselves. */
export function policyFor(needs: readonly Need[]): {
  readonly Version: string;
  readonly Statement: readonly Statement[];
} {
  const groups = new Map<string, Need[]>();
  for (const need of needs) {
    const key = `${need.action} ${need.via ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), need]);
  }
  const statements = [...groups.values()].map((group): Statement => {
    const [{ action, via } = { action: "" }] = group;
    const resources = [...new Set(group.map(({ resource }) => resource))];
    return {
      ...{ Effect: "Allow", Action: action },
      Resource: resources.length === 1 ? (resources[0] ?? "") : resources,
      ...(via !== undefined && { Condition: { StringEquals: { "kms:ViaService": via } } }),
    };
  });
  return { Version: "2012-10-17", Statement: statements };
}

/** A name that no inline policy of the role has, so that none is written over. */
export function freeName(family: string, taken: readonly string[]): string {
  const base = `ecs-${family}`.slice(0, 120);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export const trustStatement = {
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/** Whether a trust policy lets ECS assume the role for this account's tasks; unknown where a condition has to be weighed. */
export function trustOf(document: string, place: Place): "trusted" | "untrusted" | "unknown" {
  const statements = statementsOf(document).filter(isForTasks);
  if (statements.some(({ Effect }) => Effect === "Deny")) {
    return statements.some((one) => one.Effect === "Deny" && !one.Condition && isPlain(one)) ? "untrusted" : "unknown";
  }
  const allows = statements.filter(({ Effect }) => Effect === "Allow");
  if (allows.some((one) => isPlain(one) && isMet(one.Condition, place))) return "trusted";
  return allows.length === 0 ? "untrusted" : "unknown";
}

function isPlain({ NotPrincipal, NotAction }: Readonly<Record<string, unknown>>): boolean {
  return NotPrincipal === undefined && NotAction === undefined;
}

function isForTasks({ Principal, Action, NotPrincipal, NotAction }: Readonly<Record<string, unknown>>): boolean {
  // What the negations leave is taken as meant: a Deny by them is weighed, not passed over.
  const services =
    NotPrincipal === undefined
      ? listOf(Principal === "*" ? "*" : (Principal as { Service?: unknown })?.Service)
      : ["*"];
  const actions = NotAction === undefined ? listOf(Action) : ["*"];
  return (
    services.some((service) => service === "*" || service === "ecs-tasks.amazonaws.com") &&
    actions.some((action) => /^(?:\*|sts:\*|sts:assumerole|sts:assume\*)$/i.test(action))
  );
}

/** Conditions that are met by every task of the account in the Region; others are not weighed. */
function isMet(condition: unknown, { partition, region, account }: Place): boolean {
  const tests = Object.entries((condition ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>);
  const arns = [`arn:${partition}:ecs:${region}:${account}:*`, `arn:${partition}:ecs:*:${account}:*`];
  return tests.every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const values = listOf(wanted);
      if (/^aws:SourceAccount$/i.test(key) && /^(?:StringEquals|StringLike)$/.test(operator)) {
        return values.includes(account);
      }
      return (
        /^aws:SourceArn$/i.test(key) &&
        /^(?:ArnLike|ArnEquals|StringLike)$/.test(operator) &&
        values.some((value) => arns.includes(value))
      );
    }),
  );
}

/** True if the key's policy leaves the decision to the IAM policies of its account. */
export function delegates(document: string, account: string): boolean {
  return statementsOf(document).some(({ Effect, Principal, Action, Condition }) => {
    const principals = listOf(Principal === "*" ? "*" : (Principal as { AWS?: unknown })?.AWS);
    return (
      Effect === "Allow" &&
      Condition === undefined &&
      principals.some((one) => one === account || new RegExp(`^arn:[^:]+:iam::${account}:root$`).test(one)) &&
      listOf(Action).some((action) => /^(?:\*|kms:\*|kms:decrypt|kms:decrypt\*)$/i.test(action))
    );
  });
}

function statementsOf(document: string): readonly Readonly<Record<string, unknown>>[] {
  const { Statement } = JSON.parse(document) as { readonly Statement?: unknown };
  return (Array.isArray(Statement) ? Statement : [Statement ?? {}]) as Readonly<Record<string, unknown>>[];
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}
