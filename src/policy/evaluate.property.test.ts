import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  body,
  context,
  pick,
  policySet,
  principal,
  principals,
  type Statements,
  statements,
} from "./evaluate.arbitrary.ts";
import { request } from "./evaluate.fixtures.ts";
import { evaluate } from "./evaluate.ts";

const asked = fc.tuple(
  pick(...principals),
  context,
  pick<"alone" | "either" | "denies">("alone", "either", "denies"),
  statements,
);
const kinds = ["identity", "boundary", "session", "resource"] as const;

test("evaluate never allows more when a Deny statement is added", () => {
  const deny = body.map((rest) => ({ Effect: "Deny", ...rest }));
  let decided = 0;
  fc.assert(
    fc.property(
      asked,
      fc.tuple(deny, principal, pick(...kinds), fc.nat()),
      ([who, keys, rule, before], [added, Principal, where, position]) => {
        const list: object[] = [...(before[where] ?? [])];
        list.splice(position % (list.length + 1), 0, where === "resource" ? { ...added, Principal } : added);
        const first = evaluate(request(who, { context: keys }), policySet(before, rule));
        const second = evaluate(request(who, { context: keys }), policySet({ ...before, [where]: list }, rule));
        if (first.effect === "allow") decided++;
        return second.effect !== "allow" || first.effect === "allow";
      },
    ),
    { numRuns: 3_000 },
  );
  assert.ok(decided > 100, "the generated policies hardly ever allow");
});

test("evaluate never allows more when an Allow statement is removed", () => {
  let removed = 0;
  fc.assert(
    fc.property(asked, pick(...kinds), fc.nat(), ([who, keys, rule, before], where, position) => {
      const list = before[where] ?? [];
      const index = position % Math.max(list.length, 1);
      if ((list[index] as { Effect?: string } | undefined)?.Effect !== "Allow") return true;
      removed++;
      // A boundary or session policy from which all is taken is still there: none at all would limit nobody.
      const empty = { Effect: "Deny", Action: "none:None", Resource: "*" };
      const fewer = list.filter((_, each) => each !== index);
      const left = fewer.length > 0 || where === "identity" ? fewer : [empty];
      const after: Statements = { ...before, [where]: where === "resource" && fewer.length === 0 ? undefined : left };
      const first = evaluate(request(who, { context: keys }), policySet(before, rule));
      const second = evaluate(request(who, { context: keys }), policySet(after, rule));
      return second.effect !== "allow" || first.effect === "allow";
    }),
    { numRuns: 3_000 },
  );
  assert.ok(removed > 500, "hardly ever was there an Allow to remove");
});

test("evaluate decides the same in whatever order statements stand", () => {
  const effects = new Set<string>();
  fc.assert(
    fc.property(asked, fc.nat(), ([who, keys, rule, before], turn) => {
      const turned = (list: readonly object[] | undefined) =>
        list && [...list.slice(turn % list.length), ...list.slice(0, turn % list.length)].reverse();
      const after: Statements = {
        identity: turned(before.identity),
        boundary: turned(before.boundary),
        session: turned(before.session),
        resource: turned(before.resource),
      };
      const first = evaluate(request(who, { context: keys }), policySet(before, rule));
      const second = evaluate(request(who, { context: keys }), policySet(after, rule));
      effects.add(first.effect);
      assert.deepEqual([second.effect, second.by], [first.effect, first.by]);
    }),
    { numRuns: 3_000 },
  );
  assert.equal(effects.size, 3);
});

test("evaluate never allows more when a session policy or boundary is added", () => {
  fc.assert(
    fc.property(asked, ([who, keys, rule, { identity, resource, ...narrowing }]) => {
      // A federated user has nothing without session policies, so that for it the first adds.
      if (who.kind === "federated-user") return true;
      const wide = { identity, resource, boundary: undefined, session: undefined };
      const first = evaluate(request(who, { context: keys }), policySet(wide, rule));
      const second = evaluate(request(who, { context: keys }), policySet({ identity, resource, ...narrowing }, rule));
      return second.effect !== "allow" || first.effect === "allow";
    }),
    { numRuns: 3_000 },
  );
});
