import { defined } from "../defined.ts";
import { isObject, stringList } from "./json.ts";
import { MalformedPolicy, malformed, namesPrincipals, type PolicyKind, unknownField } from "./malformed-policy.ts";
import { parseConditions } from "./parse-conditions.ts";
import { parsePrincipals } from "./parse-principals.ts";
import type { Principals, Statement } from "./policy.ts";

type Element = "Principal" | "NotPrincipal" | "Action" | "NotAction" | "Resource" | "NotResource";

const ELEMENTS = new Set(
  "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" "),
);

/** Parses the syntax of one statement. `checkStatements` checks the content of its elements. */
export function parseStatement(value: unknown, kind: PolicyKind): Statement {
  if (!isObject(value)) throw malformed(kind, "syntax");
  const unknown = Object.keys(value).find((element) => !ELEMENTS.has(element));
  if (unknown !== undefined) throw unknownField(kind, unknown);
  const { Sid: sid, Effect: givenEffect, Condition: conditions = {} } = value;
  if (sid !== undefined && typeof sid !== "string") throw malformed(kind, "syntax");

  const effect = parseEffect(givenEffect, kind);
  const principals = principalElement(value, effect, kind);
  const action = listElement(value, "Action", "NotAction", kind);
  const resource = listElement(value, "Resource", "NotResource", kind);
  return {
    ...defined({ sid: sid === "" ? undefined : sid }),
    effect,
    ...principals,
    ...defined({
      action: action.positive,
      notAction: action.negative,
      resource: resource.positive,
      notResource: resource.negative,
    }),
    conditions: parseConditions(conditions, kind),
  };
}

function parseEffect(effect: unknown, kind: PolicyKind): Statement["effect"] {
  if (effect === "Allow" || effect === "Deny") return effect;
  if (effect === undefined) throw malformed(kind, "missingEffect");
  if (typeof effect !== "string") throw malformed(kind, "syntax");
  if (namesPrincipals(kind)) throw new MalformedPolicy(`Invalid effect: ${effect}`);
  // `parsePolicy` refuses other cases, later.
  if (/^allow$/i.test(effect)) return "Allow";
  if (/^deny$/i.test(effect)) return "Deny";
  throw malformed(kind, "syntax");
}

function principalElement(
  statement: Readonly<Record<string, unknown>>,
  effect: Statement["effect"],
  kind: PolicyKind,
): { principal?: Principals; notPrincipal?: Principals } {
  const { Principal: principal, NotPrincipal: notPrincipal } = statement;
  if (!namesPrincipals(kind)) {
    if (principal === undefined && notPrincipal === undefined) return {};
    throw new MalformedPolicy("Policy document should not specify a principal.");
  }
  if (notPrincipal === undefined) {
    if (principal === undefined) throw new MalformedPolicy("Missing required field Principal");
    return { principal: parsePrincipals(principal, kind) };
  }
  if (principal !== undefined) throw malformed(kind, "syntax");
  if (effect === "Allow") throw new MalformedPolicy("Allow with NotPrincipal is not allowed.");
  if (kind === "trust") throw new MalformedPolicy("AssumeRole policy must not contain NotPrincipal field.");
  return { notPrincipal: parsePrincipals(notPrincipal, kind) };
}

/** An element that is given in its positive or in its negative form, never in both. */
function listElement(
  statement: Readonly<Record<string, unknown>>,
  positive: Element,
  negative: Element,
  kind: PolicyKind,
): { positive?: readonly string[]; negative?: readonly string[] } {
  const name = statement[positive] === undefined ? negative : positive;
  if (statement[name] === undefined) return {};
  if (statement[positive] !== undefined && statement[negative] !== undefined) throw malformed(kind, "syntax");
  const given = statement[name];
  // AWS takes a `null` among the resources, which Terraform writes for a value that is not set, as none.
  const isOfIdentity = !namesPrincipals(kind) && positive === "Resource";
  const list = stringList(isOfIdentity && Array.isArray(given) ? given.filter((item) => item !== null) : given);
  if (list === undefined) throw malformed(kind, "syntax");
  return name === positive ? { positive: list } : { negative: list };
}
