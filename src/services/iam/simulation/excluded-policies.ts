import type { PolicyIdentifier } from "@aws-sdk/client-iam";
import { matchesWildcards } from "../../../policy/index.ts";
import { isPolicyArn } from "../policies/policy.ts";
import type { PolicySource, SourcePolicy } from "./find.ts";

/** An entity's policies without those that the request excludes from a simulation. */
export function withoutExcluded(source: PolicySource, identifiers: readonly PolicyIdentifier[]): PolicySource {
  const isLeftOut = (policy: SourcePolicy) => identifiers.some((each) => names(each, policy));
  const leavesBoundary = identifiers.some(({ PolicyType: type }) => type === "permission-boundary");
  return {
    ...source,
    identity: source.identity.filter((policy) => !isLeftOut(policy)),
    boundary: leavesBoundary ? undefined : source.boundary,
  };
}

function names(
  { PolicyType: type, PolicyArn: arn, InlinePolicyIdentifier: inline }: PolicyIdentifier,
  { origin, owner }: SourcePolicy,
): boolean {
  const isManaged = isPolicyArn(origin);
  if (arn !== undefined) return isManaged && matchesWildcards(arn, origin);
  if (inline !== undefined) {
    if (isManaged || inline.PolicyName !== origin) return false;
    const isOfKind = inline.AttachmentType === undefined || inline.AttachmentType === owner.kind;
    return isOfKind && (inline.AttachmentName === undefined || inline.AttachmentName === owner.name);
  }
  if (type === "inline") return !isManaged;
  const isAwsManaged = /^arn:[^:]+:iam::aws:/.test(origin);
  return isManaged && type === (isAwsManaged ? "aws-managed" : "user-managed");
}
