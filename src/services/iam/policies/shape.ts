import type { Policy, PolicyVersion as PolicyVersionShape } from "@aws-sdk/client-iam";
import { tagList } from "../tags.ts";
import { type ManagedPolicy, type PolicyVersion, versionId } from "./policy.ts";

interface Uses {
  readonly attachments: number;
  readonly boundaries: number;
}

/** A policy in a list, which leaves out description and tags. */
export function policySummary(policy: ManagedPolicy, uses: Uses): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: versionId(policy.defaultVersion),
    AttachmentCount: uses.attachments,
    PermissionsBoundaryUsageCount: uses.boundaries,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

export function policyShape(policy: ManagedPolicy, uses: Uses): Policy {
  return { ...policySummary(policy, uses), Description: policy.description, Tags: tagList(policy.tags) };
}

export function versionSummary({ defaultVersion }: ManagedPolicy, version: PolicyVersion): PolicyVersionShape {
  return {
    VersionId: versionId(version.version),
    IsDefaultVersion: version.version === defaultVersion,
    CreateDate: version.createdAt,
  };
}
