import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { context, policySet, principals, type Statements, statements } from "./evaluate.arbitrary.ts";
import { named, request } from "./evaluate.fixtures.ts";
import { evaluate } from "./evaluate.ts";
import type { NamedPolicy, Policy, PolicySet } from "./policy.ts";
import { traceDecision } from "./trace.ts";

const rule = fc.constantFrom<"alone" | "either" | "denies">("alone", "either", "denies");
const asked = fc.tuple(fc.constantFrom(...principals), context, statements, rule);

test("traceDecision agrees with evaluate", () => {
  const seen = { allow: 0, "explicit-deny": 0, "implicit-deny": 0 };
  fc.assert(
    fc.property(asked, ([who, keys, given, resourceRule]) => {
      const policies = policySet(given, resourceRule);
      const decision = evaluate(request(who, { context: keys }), policies);
      const trace = traceDecision(request(who, { context: keys }), policies);
      seen[decision.effect]++;
      assert.deepEqual(trace.decision, decision);
      const applying = trace.policies.flatMap(({ kind, name, statements }) =>
        statements.filter(({ obstacles }) => obstacles.length === 0).map((each) => ({ kind, policy: name, ...each })),
      );
      const decided = applying.find(
        ({ kind, policy, index }) =>
          kind === decision.by && policy === decision.statement?.policy && index === decision.statement.index,
      );
      if (decision.effect === "explicit-deny") assert.equal(decided?.effect, "Deny");
      if (decision.effect === "allow" && decision.statement) assert.equal(decided?.effect, "Allow");
      const speaksOf = (kind: string) => kind === "resource" || (who.kind !== "service" && who.kind !== "web-identity");
      const denies = applying.some(({ kind, effect }) => effect === "Deny" && speaksOf(kind));
      assert.equal(denies, decision.effect === "explicit-deny");
      if (decision.effect === "implicit-deny" && decision.by !== "resource") {
        assert.ok(!applying.some(({ kind, effect }) => kind === decision.by && effect === "Allow"));
      }
    }),
    { numRuns: 3_000 },
  );
  for (const [effect, times] of Object.entries(seen)) assert.ok(times > 100, `hardly ever ${effect}`);
});

/** The policies with what the trace says is missing. */
function withMissing(policies: PolicySet, { missing }: ReturnType<typeof traceDecision>): PolicySet {
  let result = policies;
  for (const { kind, statement } of missing) {
    const grows = kind === "resource" || kind === "boundary" ? result[kind] : undefined;
    const more = named(kind, kind === "resource" || kind === "grant" ? "resource" : "identity", statement);
    const both: Policy = {
      ...more.policy,
      statements: [...(grows?.policy.statements ?? []), ...more.policy.statements],
    };
    const policy = { name: kind, policy: both };
    if (kind === "identity") result = { ...result, identity: [...result.identity, policy] };
    if (kind === "session") result = { ...result, session: [...(result.session ?? []), policy] };
    if (kind === "grant") result = { ...result, grants: [policy] };
    if (kind === "resource" || kind === "boundary") result = { ...result, [kind]: policy };
  }
  return result;
}

function withoutDenies({ identity, session, boundary, resource, ...rest }: PolicySet): PolicySet {
  const allows = ({ name, policy }: NamedPolicy): NamedPolicy => {
    return { name, policy: { ...policy, statements: policy.statements.filter(({ effect }) => effect === "Allow") } };
  };
  return {
    ...{ ...rest, identity: identity.map(allows) },
    ...(session && { session: session.map(allows) }),
    ...(boundary && { boundary: allows(boundary) }),
    ...(resource && { resource: allows(resource) }),
  };
}

test("traceDecision names statements that are enough, and none too many", () => {
  const helped = { "implicit-deny": 0, "explicit-deny": 0 };
  fc.assert(
    fc.property(asked, ([who, keys, given, resourceRule]) => {
      const asks = request(who, { context: keys });
      const policies = policySet(given, resourceRule);
      const trace = traceDecision(asks, policies);
      if (trace.decision.effect === "allow") return assert.deepEqual(trace.missing, []);
      if (trace.missing.length > 0) helped[trace.decision.effect]++;
      // An explicit deny must be changed first.
      const allows = withoutDenies(policies);
      assert.equal(evaluate(asks, withMissing(allows, trace)).effect, "allow");
      for (const left of trace.missing) {
        const fewer = { ...trace, missing: trace.missing.filter((each) => each !== left) };
        assert.notEqual(evaluate(asks, withMissing(allows, fewer)).effect, "allow");
      }
    }),
    { numRuns: 3_000 },
  );
  for (const [effect, times] of Object.entries(helped)) assert.ok(times > 300, `hardly ever ${effect}: ${times}`);
});

test("traceDecision keeps nothing that JSON would lose", () => {
  fc.assert(
    fc.property(asked, ([who, keys, given, resourceRule]) => {
      const trace = traceDecision(request(who, { context: keys }), policySet(given as Statements, resourceRule));
      assert.deepEqual(JSON.parse(JSON.stringify(trace)), JSON.parse(JSON.stringify(trace, undefined, 1)));
      assert.deepEqual(structuredClone(trace), JSON.parse(JSON.stringify(trace)));
    }),
    { numRuns: 300 },
  );
});
