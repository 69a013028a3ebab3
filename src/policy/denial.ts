import type { Decision, PolicyRequest } from "./policy.ts";

/** How AWS calls each kind of policy, after `no`; and after `explicit deny in`. */
const names: Readonly<Record<Decision["by"], readonly [string, string]>> = {
  // Root is denied by other kinds of policy only; the text is here because the type knows no better.
  root: ["identity-based policy", "an identity-based policy"],
  identity: ["identity-based policy", "an identity-based policy"],
  resource: ["resource-based policy", "a resource-based policy"],
  // Grants deny nothing.
  grant: ["grant", "a grant"],
  session: ["session policy", "a session policy"],
  boundary: ["permissions boundary", "a permissions boundary"],
};

const trust = ["role trust policy", "the role trust policy"] as const;

/** Services whose messages name no resource where the action has none; those of others say `on resource: *`. */
const withoutStar = new Set(["cloudtrail", "secretsmanager", "sts"]);

/** What AWS calls a policy of that kind: a resource's, where somebody wants to be a role, is the role's trust policy. */
export function kindName(by: Decision["by"], action: string): string {
  return namesOf(by, action)[0];
}

/**
 * The message of `AccessDeniedException`, in AWS's wording. It names a managed policy that denies, and no inline one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(request: PolicyRequest, { effect, by, statement }: Decision): string {
  const { principal, action, resource } = request;
  // Nobody whom AWS could name has signed.
  if (principal.kind === "web-identity") return `Not authorized to perform ${action}`;
  const [kind, oneOfKind] = namesOf(by, action);
  const subject = `User: ${principal.arn} is not authorized to perform: ${action}`;
  const isSilent = oneOfKind === trust[1] || (resource === "*" && withoutStar.has(action.split(":")[0]!.toLowerCase()));
  const attempt = isSilent ? subject : `${subject} on resource: ${resource}`;
  if (effect !== "explicit-deny") return `${attempt} because no ${kind} allows the ${action} action`;
  const policy = statement?.policy ?? "";
  const managed = /^arn:[^:]+:iam::[^:]*:policy\//.test(policy) ? `: ${policy}` : "";
  return `${attempt} with an explicit deny in ${oneOfKind}${managed}`;
}

function namesOf(by: Decision["by"], action: string): readonly [string, string] {
  return by === "resource" && action.toLowerCase().startsWith("sts:") ? trust : names[by];
}
