import type { PrincipalIdentity, Principals, Statement } from "./policy.ts";

/**
 * The reach of an `Allow` in a resource's policy:
 * - `delegated`: it names the account, whose identity policies have to allow as well;
 * - `granted`: it allows by itself, within the permissions boundary and the session's policies;
 * - `direct`: it names the user or session itself, and no implicit deny elsewhere limits it.
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
  const { names, accounts, outsiders } = index(principals);
  return {
    allows(principal) {
      if (isOutsider(principal)) return outsiders[principal.kind].has(principal.arn) ? "granted" : undefined;
      const { kind, arn, account } = principal;
      if (kind === "root") return principals.everyone || accounts.has(account) ? "granted" : undefined;
      if (names.has(arn)) return "direct";
      const behind = behindSession(principal);
      if (principals.everyone || (behind !== undefined && names.has(behind))) return "granted";
      return accounts.has(account) ? "delegated" : undefined;
    },
    denies(principal) {
      if (principals.everyone) return true;
      if (isOutsider(principal)) return outsiders[principal.kind].has(principal.arn);
      const { arn, account } = principal;
      const behind = behindSession(principal);
      return accounts.has(account) || names.has(arn) || (behind !== undefined && names.has(behind));
    },
  };
}

/**
 * Only `Deny` may use it. AWS compares the account first, then the user or role, and spares a principal that is named at
 * both steps. It spares no principal that has a permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function compileNotPrincipal(spared: Principals): PrincipalMatcher {
  const { names, accounts, outsiders } = index(spared);
  return {
    allows: () => undefined,
    denies(principal, hasBoundary) {
      if (hasBoundary) return true;
      if (spared.everyone) return false;
      if (isOutsider(principal)) return !outsiders[principal.kind].has(principal.arn);
      const { kind, arn, account } = principal;
      if (!accounts.has(account)) return true;
      return kind !== "root" && !names.has(kind === "assumed-role" ? (behindSession(principal) ?? arn) : arn);
    },
  };
}

/** True if policies name the principal under `Service` or `Federated`: `"AWS": "*"` does not include it. */
export function isOutsider(
  principal: PrincipalIdentity,
): principal is PrincipalIdentity & { readonly kind: "service" | "web-identity" } {
  return principal.kind === "service" || principal.kind === "web-identity";
}

/** The role or user that a session was made from. A policy that names it means its sessions, too. */
function behindSession({ roleArn, federatingUser }: PrincipalIdentity): string | undefined {
  return roleArn ?? federatingUser?.arn;
}

function index({ aws, service, federated }: Principals) {
  const accounts = aws.flatMap((name) => {
    const { id, root } = ACCOUNT.exec(name)?.groups ?? {};
    return id ?? root ?? [];
  });
  return {
    names: new Set(aws),
    accounts: new Set(accounts),
    outsiders: { service: new Set(service), "web-identity": new Set(federated) },
  };
}
