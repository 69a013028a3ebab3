import type { Selectable } from "kysely";
import type { SsmTables } from "../../storage/migrations/003-ssm.ts";
import type { NewVersion, ParameterVersion, Tag, VersionSummary } from "./parameter.ts";

export type VersionRow = Omit<Selectable<SsmTables["ssm_versions"]>, "account" | "region">;
export type SummaryRow = Omit<VersionRow, "value">;

/** All of a version but its value. */
export const summaryColumns = [
  "version.name",
  "version.version",
  "version.type",
  "version.tier",
  "version.data_type",
  "version.description",
  "version.allowed_pattern",
  "version.key_id",
  "version.modified_at",
  "version.modified_by",
] as const;

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
    value: version.value,
  };
}

export function toTags(column: string): Tag[] {
  return (JSON.parse(column) as [string, string][]).map(([key, value]) => ({ key, value }));
}

export function fromTags(tags: readonly Tag[]): string {
  return JSON.stringify(tags.map(({ key, value }) => [key, value]));
}

function fromBytes(column: Uint8Array | null): string | undefined {
  return column === null ? undefined : Buffer.from(column).toString();
}

function toBytes(text: string | undefined): Uint8Array | null {
  return text === undefined ? null : Buffer.from(text);
}
