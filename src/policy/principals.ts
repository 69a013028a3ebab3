import type { PrincipalIdentity, Principals, Statement } from "./policy.ts";

/**
 * How far an `Allow` of a resource's policy reaches:
 * - `delegated`: it names the account, whose identity policies have to allow as well;
 * - `granted`: it allows by itself, within the permissions boundary and the session's policies;
 * - `direct`: it names the very user or session, which no implicit deny elsewhere limits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Reach = "delegated" | "granted" | "direct";

export interface PrincipalMatcher {
  /** Undefined if the statement does not name the principal. */
  allows(principal: PrincipalIdentity): Reach | undefined;
  denies(principal: PrincipalIdentity, hasBoundary: boolean): boolean;
}

const ACCOUNT = /^(?:(?<id>\d{12})|arn:[a-z-]+:iam::(?<root>\d{12}):root)$/;

export function compilePrincipals({ principal, notPrincipal }: Statement): PrincipalMatcher {
  if (principal !== undefined) return compilePrincipal(principal);
  if (notPrincipal !== undefined) return compileNotPrincipal(notPrincipal);
  return { allows: () => undefined, denies: () => false };
}

function compilePrincipal(principals: Principals): PrincipalMatcher {
  const { names, accounts, services } = index(principals);
  return {
    allows(principal) {
      const { kind, arn, account, roleArn } = principal;
      if (kind === "service") return services.has(arn) ? "granted" : undefined;
      if (kind === "root") return principals.everyone || accounts.has(account) ? "granted" : undefined;
      if (names.has(arn)) return "direct";
      if (principals.everyone || (roleArn !== undefined && names.has(roleArn))) return "granted";
      return accounts.has(account) ? "delegated" : undefined;
    },
    denies({ kind, arn, account, roleArn }) {
      if (principals.everyone) return true;
      if (kind === "service") return services.has(arn);
      return accounts.has(account) || names.has(arn) || (roleArn !== undefined && names.has(roleArn));
    },
  };
}

/**
 * Only `Deny` may use it. AWS looks at the account first, then at the user or role, and spares who is named at each
 * step; it spares nobody who has a permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function compileNotPrincipal(spared: Principals): PrincipalMatcher {
  const { names, accounts, services } = index(spared);
  return {
    allows: () => undefined,
    denies({ kind, arn, account, roleArn }, hasBoundary) {
      if (hasBoundary) return true;
      if (spared.everyone) return false;
      if (kind === "service") return !services.has(arn);
      return !(accounts.has(account) && (kind === "root" || names.has(roleArn ?? arn)));
    },
  };
}

function index({ aws, service }: Principals) {
  const accounts = aws.flatMap((name) => {
    const { id, root } = ACCOUNT.exec(name)?.groups ?? {};
    return id ?? root ?? [];
  });
  return { names: new Set(aws), accounts: new Set(accounts), services: new Set(service) };
}
