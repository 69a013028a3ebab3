import { conditionOperator } from "./condition-operators.ts";
import type { Condition, Policy } from "./policy.ts";
import { type Context, contextValues } from "./variables.ts";

export type Check = (context: Context) => boolean;

/**
 * One line of a statement's `Condition`; a statement applies when all of them hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function compileCondition(condition: Condition, version: Policy["version"]): Check {
  const key = condition.key.toLowerCase();
  if (condition.operator === "Null") return compileNull(key, condition.values);
  const { negated, compile } = conditionOperator(condition.operator);
  const tests = condition.values.map((value) => compile(value, version));
  const { qualifier, ifExists } = condition;

  return (context) => {
    const values = contextValues(context, key);
    if (values === undefined && ifExists) return true;
    // Each test is one value of the policy. One that matches is enough; a negated operator wants none to match.
    const matches = (actual: string) => tests.some((test) => test(actual, context));
    if (qualifier === undefined) return (values?.some(matches) ?? false) !== negated;
    // To IAM, a set of empty strings only is the same as none.
    if (values === undefined || values.every((value) => value === "")) return qualifier === "ForAllValues";
    const holds = (actual: string) => matches(actual) !== negated;
    return qualifier === "ForAllValues" ? values.every(holds) : values.some(holds);
  };
}

/** `true` wants a request without the key, `false` one with it. */
function compileNull(key: string, values: readonly string[]): Check {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return (context) => wanted.has(contextValues(context, key) === undefined ? "true" : "false");
}
