import type { Selectable } from "kysely";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Scope } from "../parameters/parameter.ts";
import { fromTags, toTags } from "../parameters/rows.ts";
import type { Activation } from "./activation.ts";

/** Values of which an activation must have one, by what they are of. */
export interface ActivationFilters {
  readonly ids?: readonly string[];
  readonly defaultInstanceNames?: readonly string[];
  readonly roles?: readonly string[];
}

/** When and as which an activation was made: their order. */
export type ActivationPosition = readonly [createdAt: number, id: string];

/** The SQL of activations. */
export function activationRecords({ db }: Pick<Database, "db">) {
  return {
    async put({ account, region }: Scope, activation: Activation, codeHash: Uint8Array): Promise<void> {
      await db
        .insertInto("ssm_activations")
        .values({
          ...{ account, region, activation_id: activation.id, code_hash: codeHash },
          description: toBytes(activation.description),
          default_instance_name: toBytes(activation.defaultInstanceName),
          role: activation.role,
          registration_limit: activation.registrationLimit,
          expires_at: activation.expiresAt.getTime(),
          created_at: activation.createdAt.getTime(),
          tags: fromTags(activation.tags),
        })
        .execute();
    },

    /** The oldest first, behind `after`. */
    async list(
      { account, region }: Scope,
      { ids, defaultInstanceNames, roles }: ActivationFilters,
      after: ActivationPosition | undefined,
      limit: number,
    ): Promise<Activation[]> {
      let query = db
        .selectFrom("ssm_activations")
        .selectAll()
        .where("account", "=", account)
        .where("region", "=", region);
      if (ids) query = query.where("activation_id", "in", ids);
      if (roles) query = query.where("role", "in", roles);
      if (defaultInstanceNames) {
        query = query.where(
          "default_instance_name",
          "in",
          defaultInstanceNames.map((name) => Buffer.from(name)),
        );
      }
      if (after) {
        const [createdAt, id] = after;
        query = query.where((where) =>
          where.or([
            where("created_at", ">", createdAt),
            where.and([where("created_at", "=", createdAt), where("activation_id", ">", id)]),
          ]),
        );
      }
      const rows = await query.orderBy("created_at").orderBy("activation_id").limit(limit).execute();
      return rows.map(toActivation);
    },

    /** False if there is none. */
    async remove({ account, region }: Scope, id: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom("ssm_activations")
        .where("account", "=", account)
        .where("region", "=", region)
        .where("activation_id", "=", id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function toActivation(row: Selectable<Tables["ssm_activations"]>): Activation {
  return {
    id: row.activation_id,
    description: fromBytes(row.description),
    defaultInstanceName: fromBytes(row.default_instance_name),
    role: row.role,
    registrationLimit: row.registration_limit,
    expiresAt: new Date(row.expires_at),
    createdAt: new Date(row.created_at),
    tags: toTags(row.tags),
  };
}

function fromBytes(column: Uint8Array | null): string | undefined {
  return column === null ? undefined : Buffer.from(column).toString();
}

function toBytes(text: string | undefined): Uint8Array | null {
  return text === undefined ? null : Buffer.from(text);
}
