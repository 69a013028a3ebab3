import { kindName } from "./denial.ts";
import type { MissingStatement } from "./missing-statements.ts";
import type { PolicyTrace, StatementTrace, Trace } from "./trace.ts";

/** Denying statements that are named; a policy may have thousands. */
const mostDenies = 5;

/** The least that would have to change for a denied request to be allowed, in lines. */
export function remedy(trace: Trace): readonly string[] {
  const { decision, missing, principalIsGone } = trace;
  if (decision.effect === "allow") return ["Nothing has to change."];
  if (principalIsGone) return ["To allow it: get new credentials, of a user or role that is there."];
  const denies = decision.effect === "explicit-deny" ? changedDenies(trace) : [];
  if (denies.length + missing.length === 0) return ["No single statement would allow it."];
  const added = missing.map((each) => [where(each, trace), ...document(each), ...nearest(each.kind, trace)]);
  return [...denies, ...added].flatMap(([first, ...rest], index) => [
    `${index === 0 ? "To allow it" : "and"}: ${first}`,
    ...rest,
  ]);
}

/** No Allow outweighs a Deny: each that applies has to go, first the one that decided. */
function changedDenies({ policies, decision, request }: Trace): readonly (readonly string[])[] {
  const decided = { by: decision.by, policy: "", index: 0, ...decision.statement };
  const others = policies.flatMap(({ kind, name, statements }) =>
    statements
      .filter(({ effect, obstacles }) => effect === "Deny" && obstacles.length === 0)
      .map(({ index, sid }) => ({ by: kind, policy: name, index, sid }))
      .filter(({ by, policy, index }) => by !== decided.by || policy !== decided.policy || index !== decided.index),
  );
  const rest = others.length + 1 - mostDenies;
  return [
    ...[decided, ...others].slice(0, mostDenies).map(({ by, policy, index, sid }) => {
      const named = `statement ${index + 1}${sid === undefined ? "" : ` "${sid}"`}`;
      return [`change ${named} of the ${kindName(by, request.action)} '${policy}', so that it does not deny it.`];
    }),
    ...(rest > 0 ? [[`change ${rest} more that deny it.`]] : []),
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
