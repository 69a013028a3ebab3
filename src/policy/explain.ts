import { kindName } from "./denial.ts";
import { remedy } from "./explain-remedy.ts";
import { isObject } from "./json.ts";
import type { Obstacle, PolicyTrace, StatementTrace, Trace } from "./trace.ts";

interface Branch {
  readonly text: string;
  readonly below?: readonly Branch[];
}

/** Values of a list that are shown; policies may name hundreds. */
const mostShown = 5;

/** Characters of one value that are shown. */
const longestShown = 200;

const reaches = {
  delegated: "names the account, so that an identity-based policy has to allow as well",
  granted: "allows by itself, within permissions boundary and session policies",
  direct: "names the very principal, so that nothing but a Deny limits it",
} as const;

/** Explains a stored trace. Throws if the text is not the JSON of a trace. */
export function explainSerialised(trace: string): string {
  let value: unknown;
  try {
    value = JSON.parse(trace);
  } catch (cause) {
    throw new Error("Cannot explain a decision whose trace is not JSON", { cause });
  }
  if (!isTrace(value)) throw new Error("Cannot explain a decision whose trace has another form");
  return explain(value);
}

/** Says what was decided and why, policy by policy, and at the end the smallest change that would allow the request. */
export function explain(trace: Trace): string {
  const { request, decision } = trace;
  const { action, resource, principal } = request;
  const verdict = { allow: "ALLOWED", "explicit-deny": "DENIED", "implicit-deny": "DENIED" }[decision.effect];
  return [
    `${verdict}  ${action}`,
    `  on  ${resource}`,
    `  by  ${principal.arn}${principal.roleArn === undefined ? "" : ` (${principal.roleArn})`}`,
    `  ${because(trace)}`,
    "",
    ...draw(branches(trace)),
    "",
    ...remedy(trace),
    "",
  ]
    .map(visible)
    .join("\n");
}

/** Escapes control characters: anybody may have put some for the terminal into policies and requests. */
function visible(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}

function because({ decision, principalIsGone, request }: Trace): string {
  const { effect, by, statement } = decision;
  if (principalIsGone) return "because the user or role no longer exists";
  if (by === "root") return "because nothing limits the root user";
  const kind = kindName(by, request.action);
  if (effect === "implicit-deny") return `because no ${kind} allows it`;
  const verb = effect === "allow" ? "allows" : "denies";
  return `because the ${kind} '${statement?.policy}' ${verb} it in statement ${(statement?.index ?? 0) + 1}`;
}

function branches({ policies, request, decision, principalIsGone }: Trace): readonly Branch[] {
  const found = policies.map((policy) => ({
    text: `${kindName(policy.kind, request.action)} '${policy.name}': ${summary(policy)}`,
    below: policy.statements.map((statement) => statementBranch(policy, statement, decision)),
  }));
  const { effect, by } = decision;
  const isThere = by === "root" || policies.some(({ kind }) => kind === by);
  const absent = effect === "implicit-deny" && !principalIsGone && !isThere;
  if (absent) return [{ text: `there is no ${kindName(by, request.action)}` }, ...found];
  return found.length === 0 ? [{ text: "no policy was looked at" }] : found;
}

function summary({ statements }: PolicyTrace): string {
  const applying = statements.filter(({ obstacles }) => obstacles.length === 0);
  if (applying.some(({ effect }) => effect === "Deny")) return "denies";
  return applying.length > 0 ? "allows" : "says nothing about it";
}

function statementBranch(
  { name, kind }: PolicyTrace,
  { index, sid, effect, obstacles, reach }: StatementTrace,
  decision: Trace["decision"],
): Branch {
  const decided = decision.by === kind && decision.statement?.policy === name && decision.statement.index === index;
  const label = `statement ${index + 1}${sid === undefined ? "" : ` "${sid}"`}, ${effect}:`;
  if (obstacles.length > 0) return { text: `${label} does not apply`, below: obstacles.map(obstacleBranch) };
  const reached = reach === undefined ? "" : ` (${reaches[reach]})`;
  return { text: `${label} applies${reached}${decided ? " ← this decides" : ""}` };
}

function obstacleBranch({ element, negated, wanted, actual, operator, key, variables = {} }: Obstacle): Branch {
  const values = Object.entries(variables).map(([name, value]) => ({
    text: value === null ? `\${${name}} has no value` : `\${${name}} is ${value}`,
  }));
  const below = values.length === 0 ? {} : { below: values };
  if (element === "Condition") {
    const has = actual === undefined ? "is not in the request" : `is ${shorten(actual)}`;
    return { text: `Condition ${operator} ${key}: ${has}, wanted ${shorten(wanted)}`, ...below };
  }
  const name = negated ? `Not${element}` : element;
  const relation = negated ? "is one of" : "is none of";
  return { text: `${name}: ${(actual ?? []).join(" ")} ${relation} ${shorten(wanted)}`, ...below };
}

function shorten(values: readonly string[]): string {
  if (values.length === 0) return "nothing";
  const rest = values.length - mostShown;
  const shown = values.slice(0, mostShown).map((value) => {
    return value.length > longestShown ? `${value.slice(0, longestShown)}…` : value;
  });
  return `${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function draw(items: readonly Branch[], indent = ""): readonly string[] {
  return items.flatMap(({ text, below = [] }, index) => {
    const isLast = index === items.length - 1;
    const lines = draw(below, `${indent}${isLast ? "   " : "│  "}`);
    return [`${indent}${isLast ? "└─ " : "├─ "}${text}`, ...lines];
  });
}

function isTrace(value: unknown): value is Trace {
  if (!isObject(value) || !isObject(value.request) || !isObject(value.decision)) return false;
  return isObject(value.request.principal) && Array.isArray(value.policies) && Array.isArray(value.missing);
}
