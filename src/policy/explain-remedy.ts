import { kindName } from "./denial.ts";
import type { MissingStatement } from "./missing-statements.ts";
import type { PolicyTrace, StatementTrace, Trace } from "./trace.ts";

/** The least that would have to change for a denied request to be allowed, in lines. */
export function remedy(trace: Trace): readonly string[] {
  const { decision, missing, principalIsGone } = trace;
  if (decision.effect === "allow") return ["Nothing has to change."];
  if (principalIsGone) return ["To allow it: get new credentials, of a user or role that is there."];
  if (decision.effect === "explicit-deny") return changeDeny(trace);
  if (missing.length === 0) return ["No single statement would allow it."];
  return missing.flatMap((each, index) => [
    `${index === 0 ? "To allow it" : "and"}: ${where(each, trace)}`,
    ...document(each),
    ...nearest(each.kind, trace),
  ]);
}

function changeDeny({ decision: { by, statement }, request }: Trace): readonly string[] {
  const { policy = "", index = 0, sid } = statement ?? {};
  const named = `statement ${index + 1}${sid === undefined ? "" : ` "${sid}"`}`;
  return [
    `To allow it: change ${named} of the ${kindName(by, request.action)} '${policy}', so that it does not deny it.`,
    "No Allow anywhere outweighs a Deny.",
  ];
}

function where({ kind }: MissingStatement, { request, policies }: Trace): string {
  const { arn, roleArn, federatingUser } = request.principal;
  const owner = roleArn ?? federatingUser?.arn ?? arn;
  const there = policies.find((policy) => policy.kind === kind);
  switch (kind) {
    case "identity":
      return `add this statement to an identity-based policy of ${owner}`;
    case "grant":
      return `make a grant on ${request.resource} that says`;
    case "session":
      return "add this statement to the session policy that is given when the session is made";
    default: {
      const name = kindName(kind, request.action);
      const which = there === undefined ? `${name} of ${request.resource}` : `${name} '${there.name}'`;
      return `add this statement to the ${which}`;
    }
  }
}

function document({ statement }: MissingStatement): readonly string[] {
  return JSON.stringify(statement, null, 2)
    .split("\n")
    .map((line) => `  ${line}`);
}

/** An Allow of other actions was hardly meant for this one. */
const telling = ["Condition", "Resource", "Principal"] as const;

/** The Allow that one element alone keeps from applying: often it was meant for this request. */
function nearest(kind: MissingStatement["kind"], { policies }: Trace): readonly string[] {
  const allows = policies
    .filter((policy) => policy.kind === kind)
    .flatMap((policy) => policy.statements.map((statement) => ({ policy, statement })))
    .filter(({ statement: { effect, obstacles } }) => effect === "Allow" && obstacles.length === 1);
  for (const element of telling) {
    const near = allows.find(({ statement }) => statement.obstacles[0]?.element === element);
    if (near) return [nearLine(near.policy, near.statement)];
  }
  return [];
}

function nearLine({ name }: PolicyTrace, { index, sid, obstacles }: StatementTrace): string {
  const { element, operator, key } = obstacles[0]!;
  const what = element === "Condition" ? `its condition ${operator} ${key}` : `its ${element}`;
  const named = `Statement ${index + 1}${sid === undefined ? "" : ` "${sid}"`} of '${name}'`;
  return `${named} would allow it but for ${what}.`;
}
