import { defined } from "../defined.ts";
import { conditionOperators } from "./condition-operators.ts";
import { isObject } from "./json.ts";
import { malformed, namesPrincipals, type PolicyKind } from "./malformed-policy.ts";
import type { Condition } from "./policy.ts";

const OPERATOR = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/i;

const spelling = new Map(conditionOperators.map((name) => [name.toLowerCase(), name]));
const qualifiers = new Map(
  (["ForAnyValue", "ForAllValues"] as const).map((name) => [name.toLowerCase(), name] as const),
);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export function parseConditions(value: unknown, kind: PolicyKind): readonly Condition[] {
  if (!isObject(value)) throw malformed(kind, "syntax");
  return Object.entries(value).flatMap(([name, keys]) => {
    if (!isObject(keys)) throw malformed(kind, "syntax");
    // Without a key, AWS does not look at the operator.
    if (Object.keys(keys).length === 0 && !namesPrincipals(kind)) return [];
    const operator = parseOperator(name, kind);
    return Object.entries(keys).map(([key, given]) => {
      if (key === "") throw malformed(kind, "syntax");
      const values = (Array.isArray(given) ? given : [given]).map((item) => parseValue(item, kind));
      return { ...operator, key, values };
    });
  });
}

function parseOperator(name: string, kind: PolicyKind): Pick<Condition, "operator" | "qualifier" | "ifExists"> {
  const [, qualifier, base, suffix] = OPERATOR.exec(name) ?? [];
  const operator = spelling.get(base?.toLowerCase() ?? "");
  if (operator === undefined || (operator === "Null" && suffix !== undefined)) throw malformed(kind, "syntax");
  const set = qualifiers.get(qualifier?.toLowerCase() ?? "");
  return { operator, ...defined({ qualifier: set }), ifExists: suffix !== undefined };
}

function parseValue(value: unknown, kind: PolicyKind): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw malformed(kind, "syntax");
}
