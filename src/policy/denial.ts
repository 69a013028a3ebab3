import type { Decision, PolicyRequest } from "./policy.ts";

/** AWS's names for the kinds of policies: after `no`, and after `explicit deny in`. */
const names: Readonly<Record<Decision["by"], readonly [string, string]>> = {
  // Never shown: only other kinds of policies deny root.
  root: ["identity-based policy", "an identity-based policy"],
  identity: ["identity-based policy", "an identity-based policy"],
  resource: ["resource-based policy", "a resource-based policy"],
  // Never shown: grants deny nothing.
  grant: ["grant", "a grant"],
  session: ["session policy", "a session policy"],
  boundary: ["permissions boundary", "a permissions boundary"],
};

const trust = ["role trust policy", "the role trust policy"] as const;

/** Services whose messages leave out the resource `*`; those of others say `on resource: *`. */
const withoutStar = new Set(["cloudtrail", "secretsmanager", "sts"]);

/** AWS's name for a kind of policy. The resource's policy of an STS action is the role's trust policy. */
export function kindName(by: Decision["by"], action: string): string {
  return namesOf(by, action)[0];
}

/**
 * The message of `AccessDeniedException`, in AWS's wording. It names a managed policy that denies, but not an inline one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(request: PolicyRequest, { effect, by, statement }: Decision): string {
  const { principal, action, resource } = request;
  // Such a request has no signature, so that AWS names nobody.
  if (principal.kind === "web-identity") return `Not authorized to perform ${action}`;
  const [kind, oneOfKind] = namesOf(by, action);
  const subject = `User: ${principal.arn} is not authorized to perform: ${action}`;
  const [service = ""] = action.toLowerCase().split(":", 1);
  const isSilent = oneOfKind === trust[1] || (resource === "*" && withoutStar.has(service));
  const attempt = isSilent ? subject : `${subject} on resource: ${resource}`;
  if (effect !== "explicit-deny") return `${attempt} because no ${kind} allows the ${action} action`;
  const policy = statement?.policy ?? "";
  const managed = /^arn:[^:]+:iam::[^:]*:policy\//.test(policy) ? `: ${policy}` : "";
  return `${attempt} with an explicit deny in ${oneOfKind}${managed}`;
}

function namesOf(by: Decision["by"], action: string): readonly [string, string] {
  return by === "resource" && action.toLowerCase().startsWith("sts:") ? trust : names[by];
}
