import type { Database } from "../../storage/database.ts";

/** One version of a parameter as stored. */
export interface ParameterVersion {
  readonly name: string;
  readonly version: number;
  readonly type: string;
  readonly tier: string;
  readonly dataType: string;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly keyId: string | undefined;
  /** UTF-8; the KMS ciphertext of a SecureString. */
  readonly value: Uint8Array;
  readonly modifiedAt: Date;
  readonly modifiedBy: string;
}

/** Account and region of a parameter; any `Call` will do. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

export type Parameters = ReturnType<typeof parameterStore>;

/** All SQL of Parameter Store. */
export function parameterStore({ db }: Database) {
  return {
    /** The newest version, or `undefined`. */
    async find(scope: Scope, name: string): Promise<ParameterVersion | undefined> {
      const row = await db
        .selectFrom("ssm_parameters")
        .selectAll()
        .where("account", "=", scope.account)
        .where("region", "=", scope.region)
        .where("name", "=", name)
        .orderBy("version", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && toVersion(row);
    },
  };
}

function toVersion(row: {
  name: string;
  version: number;
  type: string;
  tier: string;
  data_type: string;
  description: string | null;
  allowed_pattern: string | null;
  key_id: string | null;
  value: Uint8Array;
  modified_at: number;
  modified_by: string;
}): ParameterVersion {
  return {
    name: row.name,
    version: row.version,
    type: row.type,
    tier: row.tier,
    dataType: row.data_type,
    description: row.description ?? undefined,
    allowedPattern: row.allowed_pattern ?? undefined,
    keyId: row.key_id ?? undefined,
    value: row.value,
    modifiedAt: new Date(row.modified_at),
    modifiedBy: row.modified_by,
  };
}
