import type { QueryParameter } from "@aws-sdk/client-cloudwatch-logs";
import type { Selectable } from "kysely";
import type { Keyring } from "../../../../keyring/keyring.ts";
import type { Database } from "../../../../storage/database.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../../storage/sealed-column.ts";
import type { Scope } from "../../groups/group.ts";
import { openSealed } from "../../sealed.ts";

/** A query that somebody saved. */
export interface QueryDefinition extends Scope {
  readonly id: string;
  readonly name: string;
  readonly modifiedAt: number;
  readonly body: {
    readonly queryString: string;
    readonly logGroupNames: readonly string[];
    readonly parameters: readonly QueryParameter[];
  };
}

export const sealedDefinitionColumns: readonly SealedColumn[] = [
  {
    ...{ table: "logs_query_definitions", column: "body", key: ["definition_id"] },
    purpose: ({ definition_id }) => purposeOf(definition_id),
  },
];

function purposeOf(id: unknown): string {
  return `logs query definition ${id}`;
}

/** All SQL of saved queries. What they ask is sealed. */
export function queryDefinitionRecords({ db }: Pick<Database, "db">, keyring: Keyring) {
  const valuesOf = ({ id, name, modifiedAt, body }: QueryDefinition) => ({
    ...{ name, modified_at: modifiedAt },
    body: keyring.seal(Buffer.from(JSON.stringify(body)), purposeOf(id)),
  });

  function toDefinition(row: Selectable<Tables["logs_query_definitions"]>): QueryDefinition {
    const body = openSealed(keyring, row.body, purposeOf(row.definition_id));
    return {
      ...{ id: row.definition_id, account: row.account, region: row.region, name: row.name },
      modifiedAt: Number(row.modified_at),
      body: JSON.parse(body.toString()) as QueryDefinition["body"],
    };
  }

  return {
    /** False if a request with this token has made one. */
    async insert(definition: QueryDefinition, clientToken: string | undefined): Promise<boolean> {
      const { id, account, region } = definition;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("logs_query_definitions")
        .values({
          ...{ definition_id: id, account, region, client_token: clientToken ?? null },
          ...valuesOf(definition),
        })
        .onConflict((conflict) => conflict.columns(["account", "region", "client_token"]).doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    /** False if it is gone. */
    async update(definition: QueryDefinition): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable("logs_query_definitions")
        .set(valuesOf(definition))
        .where("definition_id", "=", definition.id)
        .where("account", "=", definition.account)
        .where("region", "=", definition.region)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async findByToken({ account, region }: Scope, clientToken: string): Promise<QueryDefinition | undefined> {
      const row = await db
        .selectFrom("logs_query_definitions")
        .selectAll()
        .where("account", "=", account)
        .where("region", "=", region)
        .where("client_token", "=", clientToken)
        .executeTakeFirst();
      return row && toDefinition(row);
    },

    /** By name. */
    async list({ account, region }: Scope): Promise<QueryDefinition[]> {
      const rows = await db
        .selectFrom("logs_query_definitions")
        .selectAll()
        .where("account", "=", account)
        .where("region", "=", region)
        .orderBy("name")
        .orderBy("definition_id")
        .execute();
      return rows.map(toDefinition);
    },

    /** False if there is none. */
    async remove({ account, region }: Scope, id: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom("logs_query_definitions")
        .where("definition_id", "=", id)
        .where("account", "=", account)
        .where("region", "=", region)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
