import fc from "fast-check";
import {
  away,
  federated,
  home,
  named,
  provider,
  roleArn,
  root,
  secret,
  service,
  session,
  strangeRoot,
  stranger,
  user,
  webUser,
} from "./evaluate.fixtures.ts";
import type { PolicySet } from "./policy.ts";

/** Policies, principals and requests at random, for the property tests; alike enough to meet one another often. */
export const principals = [session, user, root, stranger, strangeRoot, service, federated, webUser];

export const pick = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);

const condition = pick<object>(
  {},
  {},
  {},
  { Condition: { StringEquals: { "aws:username": "alice" } } },
  { Condition: { StringNotLike: { "aws:username": "${aws:userid}*" } } },
  { Condition: { "ForAllValues:StringLike": { "aws:TagKeys": ["a*", "b"] } } },
);

/** Action, resource and condition of a statement. */
export const body = fc
  .tuple(
    pick("*", "*", "secretsmanager:Get*", "ssm:*"),
    pick("*", "*", secret, "arn:aws:ssm:*", "arn:aws:secretsmanager:*:*:secret:${aws:username}/*"),
    condition,
  )
  .map(([Action, Resource, extra]) => ({ Action, Resource, ...extra }));

export const principal = pick<unknown>(
  "*",
  { AWS: home },
  { AWS: away },
  { AWS: roleArn },
  { AWS: session.arn },
  { AWS: user.arn },
  { AWS: stranger.arn },
  { AWS: federated.arn },
  { Service: service.arn },
  { Federated: provider },
);

const effect = pick("Allow", "Allow", "Allow", "Allow", "Allow", "Deny");
const identityStatement = fc.tuple(effect, body).map(([Effect, rest]) => ({ Effect, ...rest }));
const resourceStatement = fc
  .tuple(effect, principal, body)
  .map(([Effect, Principal, rest]) => ({ Effect, Principal, ...rest }));

/** Statements by kind of policy. */
export const statements = fc.record({
  identity: fc.array(identityStatement, { minLength: 1, maxLength: 3 }),
  boundary: fc.option(fc.array(identityStatement, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  session: fc.option(fc.array(identityStatement, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  resource: fc.option(fc.array(resourceStatement, { minLength: 1, maxLength: 3 }), { nil: undefined }),
});

export const context = pick({}, { "aws:username": "prod" }, { "aws:username": "alice", "aws:tagkeys": ["a1", "c"] });

export type Statements = {
  readonly [Kind in "identity" | "boundary" | "session" | "resource"]: readonly object[] | undefined;
};

export function policySet(from: Statements, resourceRule: NonNullable<PolicySet["resourceRule"]>): PolicySet {
  return {
    identity: from.identity?.length ? [named("identity", "identity", ...from.identity)] : [],
    ...(from.boundary && { boundary: named("boundary", "identity", ...from.boundary) }),
    ...(from.session && { session: [named("session", "session", ...from.session)] }),
    ...(from.resource && { resource: named("resource", "resource", ...from.resource) }),
    resourceRule,
  };
}
