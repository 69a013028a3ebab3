import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  away,
  home,
  named,
  request,
  roleArn,
  root,
  secret,
  service,
  session,
  strangeRoot,
  stranger,
  user,
} from "./evaluate.fixtures.ts";
import { evaluate } from "./evaluate.ts";
import type { PolicySet } from "./policy.ts";

const principals = [session, user, root, stranger, strangeRoot, service];
const pick = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const condition = pick<object>(
  {},
  {},
  {},
  { Condition: { StringEquals: { "aws:username": "alice" } } },
  { Condition: { StringNotLike: { "aws:username": "${aws:userid}*" } } },
  { Condition: { "ForAllValues:StringLike": { "aws:TagKeys": ["a*", "b"] } } },
);
const body = fc
  .tuple(
    pick("*", "*", "secretsmanager:Get*", "ssm:*"),
    pick("*", "*", secret, "arn:aws:ssm:*", "arn:aws:secretsmanager:*:*:secret:${aws:username}/*"),
    condition,
  )
  .map(([Action, Resource, extra]) => ({ Action, Resource, ...extra }));
const principal = pick<unknown>(
  "*",
  { AWS: home },
  { AWS: away },
  { AWS: roleArn },
  { AWS: session.arn },
  { AWS: user.arn },
  { AWS: stranger.arn },
  { Service: service.arn },
);
const effect = pick("Allow", "Allow", "Allow", "Allow", "Allow", "Deny");
const identityStatement = fc.tuple(effect, body).map(([Effect, rest]) => ({ Effect, ...rest }));
const resourceStatement = fc
  .tuple(effect, principal, body)
  .map(([Effect, Principal, rest]) => ({ Effect, Principal, ...rest }));
const statements = fc.record({
  identity: fc.array(identityStatement, { minLength: 1, maxLength: 3 }),
  boundary: fc.option(fc.array(identityStatement, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  session: fc.option(fc.array(identityStatement, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  resource: fc.option(fc.array(resourceStatement, { minLength: 1, maxLength: 3 }), { nil: undefined }),
});
const context = pick({}, { "aws:username": "prod" }, { "aws:username": "alice", "aws:tagkeys": ["a1", "c"] });

type Statements = typeof statements extends fc.Arbitrary<infer Value> ? Value : never;

function policySet(from: Statements, resourceRule: "alone" | "either"): PolicySet {
  return {
    identity: [named("identity", "identity", ...from.identity)],
    ...(from.boundary && { boundary: named("boundary", "identity", ...from.boundary) }),
    ...(from.session && { session: [named("session", "session", ...from.session)] }),
    ...(from.resource && { resource: named("resource", "resource", ...from.resource) }),
    resourceRule,
  };
}

test("evaluate never allows more when a Deny statement is added", () => {
  const deny = body.map((rest) => ({ Effect: "Deny", ...rest }));
  const place = pick("identity", "boundary", "session", "resource");
  let decided = 0;
  fc.assert(
    fc.property(
      fc.tuple(pick(...principals), context, pick<"alone" | "either">("alone", "either")),
      fc.tuple(statements, deny, principal, place, fc.nat()),
      ([who, keys, rule], [before, added, Principal, where, position]) => {
        const list: object[] = [...(before[where as keyof Statements] ?? [])];
        list.splice(position % (list.length + 1), 0, where === "resource" ? { ...added, Principal } : added);
        const after = { ...before, [where]: list } as Statements;
        const first = evaluate(request(who, { context: keys }), policySet(before, rule));
        const second = evaluate(request(who, { context: keys }), policySet(after, rule));
        if (first.effect === "allow") decided++;
        return second.effect !== "allow" || first.effect === "allow";
      },
    ),
    { numRuns: 3_000 },
  );
  assert.ok(decided > 100, "the generated policies hardly ever allow");
});

test("evaluate never allows more when a session policy or boundary is added", () => {
  fc.assert(
    fc.property(pick(...principals), context, statements, (who, keys, { identity, resource, ...narrowing }) => {
      const wide = { identity, resource, boundary: undefined, session: undefined };
      const first = evaluate(request(who, { context: keys }), policySet(wide, "either"));
      const second = evaluate(
        request(who, { context: keys }),
        policySet({ identity, resource, ...narrowing }, "either"),
      );
      return second.effect !== "allow" || first.effect === "allow";
    }),
    { numRuns: 3_000 },
  );
});
