import type { Selectable } from "kysely";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { ParameterPolicy } from "../policies/parameter-policy.ts";
import type { NewVersion, Parameter, ParameterVersion, VersionSummary } from "./parameter.ts";

/** `name` is the one that the parameter was made with. */
type VersionRow = Omit<Selectable<Tables["ssm_versions"]>, "account" | "region" | "given_name">;
type SummaryRow = Omit<VersionRow, "value">;

/** The columns of a version, without its value. */
export const summaryColumns = [
  "version.given_name as name",
  "version.version",
  "version.type",
  "version.tier",
  "version.data_type",
  "version.description",
  "version.allowed_pattern",
  "version.key_id",
  "version.modified_at",
  "version.modified_by",
  "version.policies",
] as const;

/** The columns of a parameter beside its newest version. */
export const parameterColumns = [
  "parameter.tags",
  "parameter.expires_at",
  "parameter.resource_policy",
  "parameter.policy_id",
] as const;

export type ParameterRow = VersionRow &
  Pick<Selectable<Tables["ssm_parameters"]>, "tags" | "expires_at" | "resource_policy" | "policy_id">;

export function toSummary(row: SummaryRow): VersionSummary {
  return {
    name: row.name,
    version: row.version,
    type: row.type as VersionSummary["type"],
    tier: row.tier as VersionSummary["tier"],
    dataType: row.data_type,
    description: fromBytes(row.description),
    allowedPattern: fromBytes(row.allowed_pattern),
    keyId: row.key_id ?? undefined,
    modifiedAt: new Date(row.modified_at),
    modifiedBy: row.modified_by,
    policies: row.policies === null ? none : toPolicies(row.policies),
  };
}

const none: readonly ParameterPolicy[] = [];

export function toParameter(row: ParameterRow): Parameter {
  const { resource_policy, policy_id } = row;
  return {
    ...toVersion(row),
    tags: toTags(row.tags),
    expiresAt: row.expires_at === null ? undefined : new Date(row.expires_at),
    resourcePolicy:
      resource_policy === null || policy_id === null
        ? undefined
        : { id: policy_id, document: Buffer.from(resource_policy).toString() },
  };
}

export function toVersion(row: VersionRow): ParameterVersion {
  return { ...toSummary(row), value: row.value };
}

export function fromVersion(version: NewVersion): Omit<VersionRow, "name" | "version"> {
  return {
    type: version.type,
    tier: version.tier,
    data_type: version.dataType,
    description: toBytes(version.description),
    allowed_pattern: toBytes(version.allowedPattern),
    key_id: version.keyId ?? null,
    modified_at: version.modifiedAt.getTime(),
    modified_by: version.modifiedBy,
    policies: fromPolicies(version.policies),
    value: version.value,
  };
}

export function toTags(column: string): Tag[] {
  return (JSON.parse(column) as [string, string][]).map(([key, value]) => ({ key, value }));
}

export function fromTags(tags: readonly Tag[]): string {
  return JSON.stringify(tags.map(({ key, value }) => [key, value]));
}

function toPolicies(column: Uint8Array): ParameterPolicy[] {
  return JSON.parse(Buffer.from(column).toString()) as ParameterPolicy[];
}

export function fromPolicies(policies: readonly ParameterPolicy[]): Uint8Array | null {
  return policies.length === 0 ? null : Buffer.from(JSON.stringify(policies));
}

function fromBytes(column: Uint8Array | null): string | undefined {
  return column === null ? undefined : Buffer.from(column).toString();
}

function toBytes(text: string | undefined): Uint8Array | null {
  return text === undefined ? null : Buffer.from(text);
}
