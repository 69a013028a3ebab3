import { kindName } from "./denial.ts";
import type { MissingStatement } from "./missing-statements.ts";
import type { Obstacle, PolicyTrace, StatementTrace, Trace } from "./trace.ts";

/** Denying statements that are listed; a policy may have thousands. */
const mostDenies = 5;

/** The smallest change that would allow a denied request, in lines. */
export function remedy(trace: Trace): readonly string[] {
  const { decision, missing, principalIsGone } = trace;
  if (decision.effect === "allow") return ["Nothing has to change."];
  if (principalIsGone) return ["To allow it: get new credentials, of a user or role that exists."];
  const denies = decision.effect === "explicit-deny" ? changedDenies(trace) : [];
  if (denies.length + missing.length === 0) return ["No single statement would allow it."];
  const added = missing.map((each) => [where(each, trace), ...document(each), ...nearest(each.kind, trace)]);
  return [...denies, ...added].flatMap(([first, ...rest], index) => [
    `${index === 0 ? "To allow it" : "and"}: ${first}`,
    ...rest,
  ]);
}

/** No Allow outweighs a Deny: every Deny that applies has to go, first the one that decided. */
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

/** The elements that a near miss may fail on. A statement about other actions was probably not meant for this request. */
const telling = ["Condition", "Resource", "Principal"] as const;

interface NearMiss {
  readonly policy: PolicyTrace;
  readonly statement: StatementTrace;
  readonly obstacle: Obstacle;
}

/** The Allow that fails on one element alone: often it was meant for this request. */
function nearest(kind: MissingStatement["kind"], { policies }: Trace): readonly string[] {
  const misses = policies.filter((policy) => policy.kind === kind).flatMap(nearMisses);
  for (const element of telling) {
    const near = misses.find(({ obstacle }) => obstacle.element === element);
    if (near) return [nearLine(near)];
  }
  return [];
}

function nearMisses(policy: PolicyTrace): readonly NearMiss[] {
  return policy.statements.flatMap((statement) => {
    const [obstacle, ...others] = statement.obstacles;
    const isNear = statement.effect === "Allow" && obstacle !== undefined && others.length === 0;
    return isNear ? [{ policy, statement, obstacle }] : [];
  });
}

function nearLine({ policy, statement: { index, sid }, obstacle: { element, operator, key } }: NearMiss): string {
  const what = element === "Condition" ? `its condition ${operator} ${key}` : `its ${element}`;
  const named = `Statement ${index + 1}${sid === undefined ? "" : ` "${sid}"`} of '${policy.name}'`;
  return `${named} would allow it but for ${what}.`;
}
