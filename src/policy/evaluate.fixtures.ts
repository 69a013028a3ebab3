import type { PolicyKind } from "./malformed-policy.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { NamedPolicy, PolicyRequest, PrincipalIdentity } from "./policy.ts";

/** Principals and policies for the tests of `evaluate`. */
export const home = "111122223333";
export const away = "444455556666";
export const secret = `arn:aws:secretsmanager:eu-west-1:${home}:secret:prod/db-AbCdEf`;
export const roleArn = `arn:aws:iam::${home}:role/service/task`;

export const session: PrincipalIdentity = {
  arn: `arn:aws:sts::${home}:assumed-role/task/0123abcd`,
  account: home,
  kind: "assumed-role",
  roleArn,
};
export const user: PrincipalIdentity = { arn: `arn:aws:iam::${home}:user/alice`, account: home, kind: "user" };
/** A session that GetFederationToken gave `user`. */
export const federated: PrincipalIdentity = {
  arn: `arn:aws:sts::${home}:federated-user/bob`,
  account: home,
  kind: "federated-user",
  federatingUser: { arn: user.arn },
};
export const provider = `arn:aws:iam::${home}:oidc-provider/token.example.com`;
/** A user with a token of `provider`. */
export const webUser: PrincipalIdentity = { arn: provider, account: home, kind: "web-identity" };
export const root: PrincipalIdentity = { arn: `arn:aws:iam::${home}:root`, account: home, kind: "root" };
export const stranger: PrincipalIdentity = { arn: `arn:aws:iam::${away}:user/eve`, account: away, kind: "user" };
export const strangeRoot: PrincipalIdentity = { arn: `arn:aws:iam::${away}:root`, account: away, kind: "root" };
export const service: PrincipalIdentity = { arn: "ecs-tasks.amazonaws.com", account: home, kind: "service" };

export function request(principal: PrincipalIdentity, changes: Partial<PolicyRequest> = {}): PolicyRequest {
  const action = "secretsmanager:GetSecretValue";
  return { principal, action, resource: secret, resourceAccount: home, context: {}, ...changes };
}

export function named(name: string, kind: PolicyKind, ...statements: readonly object[]): NamedPolicy {
  return { name, policy: parsePolicy({ Version: "2012-10-17", Statement: statements }, kind) };
}

export const every = { Action: "*", Resource: "*" };
