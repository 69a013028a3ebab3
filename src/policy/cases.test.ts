import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { evaluate } from "./evaluate.ts";
import type { PolicyKind } from "./malformed-policy.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Decision, NamedPolicy, PolicyRequest, PolicySet, PrincipalIdentity } from "./policy.ts";
import { traceDecision } from "./trace.ts";

/** A decision as AWS's documentation describes it. */
interface Case {
  readonly name: string;
  /** The page of AWS's documentation that says so. */
  readonly page: string;
  /** Documents by kind: the identity's, the boundary, the session's, the resource's own or the role's trust policy. */
  readonly policies: {
    readonly identity?: readonly object[];
    readonly boundary?: object;
    readonly session?: readonly object[];
    readonly resource?: object;
    readonly trust?: object;
    readonly grants?: readonly object[];
    readonly rule?: PolicySet["resourceRule"];
  };
  readonly request: {
    /** A name in `principals/principals.json`. */
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    /** The resource's owner; the principal's account unless given. */
    readonly account?: string;
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly decision: Decision["effect"];
  /** Kind of the policy that decides; with its number and the statement's where one does: `identity 0 1`. */
  readonly by: string;
}

const folder = new URL("cases/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const all = files.map((file) => ({
  file,
  cases: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly Case[],
}));

const principals: Readonly<Record<string, PrincipalIdentity>> = JSON.parse(
  readFileSync(new URL("principals/principals.json", folder), "utf8"),
);

const read = (name: string, document: object, kind: PolicyKind): NamedPolicy => ({
  name,
  policy: parsePolicy(document, kind),
});

function policySet({ identity = [], boundary, session, resource, trust, grants, rule }: Case["policies"]): PolicySet {
  const own = trust ? read("resource 0", trust, "trust") : resource && read("resource 0", resource, "resource");
  return {
    // As for a session's policies: a statement means the same in the older version of the language.
    identity: identity.map((document, index) => read(`identity ${index}`, document, "session")),
    ...(boundary && { boundary: read("boundary 0", boundary, "identity") }),
    ...(session && { session: session.map((document, index) => read(`session ${index}`, document, "session")) }),
    ...(own && { resource: own }),
    ...(grants && { grants: grants.map((document, index) => read(`grant ${index}`, document, "resource")) }),
    ...(rule && { resourceRule: rule }),
  };
}

function requestOf({ principal: who, action, resource, account, context = {} }: Case["request"]): PolicyRequest {
  const keys = Object.entries(context).map(([key, value]) => [key.toLowerCase(), value] as const);
  const principal = principals[who];
  assert.ok(principal, who);
  const resourceAccount = account ?? principal.account;
  return { principal, action, resource, resourceAccount, context: Object.fromEntries(keys) };
}

for (const { file, cases } of all) {
  for (const { name, policies, request, decision, by } of cases) {
    test(`${file.replace(".json", "")}: ${name}`, () => {
      const asked = requestOf(request);
      const set = policySet(policies);
      const decided = evaluate(asked, set);
      const { statement } = decided;
      assert.equal(decided.effect, decision);
      assert.equal(statement ? `${statement.policy} ${statement.index}` : decided.by, by);
      assert.deepEqual(traceDecision(asked, set).decision, decided);
    });
  }
}

test("the cases are many, each of a name of its own and with its page of AWS's documentation", () => {
  const cases = all.flatMap(({ cases }) => cases);
  assert.ok(cases.length >= 400, `only ${cases.length} cases`);
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
  for (const { name, page } of cases) assert.match(page, /^https:\/\/docs\.aws\.amazon\.com\/\S+\.html/, name);
});
