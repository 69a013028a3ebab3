import { sql } from "kysely";
import type { Database } from "../database.ts";

/** The database's schema as text, one line a column, constraint or index, as the database itself describes it. */
export async function schemaText({ kind, db }: Pick<Database, "kind" | "db">): Promise<string> {
  const lines = kind === "sqlite" ? await sqliteLines(db) : await postgresLines(db);
  return `${lines.join("\n")}\n`;
}

async function sqliteLines(db: Database["db"]): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string; wr: number; sql: string }>`
    select list.name, list.wr, master.sql from pragma_table_list as list
    join sqlite_master as master on master.type = 'table' and master.name = list.name
    where list.name not like 'kysely%' and list.name not like 'sqlite%' order by list.name`.execute(db);
  const lines: string[] = [];
  for (const table of tables) {
    const { rows: columns } = await sql<{ name: string; type: string; notnull: number; dflt_value: string | null }>`
      select * from pragma_table_xinfo(${table.name}) order by cid`.execute(db);
    const { rows: indexes } = await sql<{ sql: string }>`
      select sql from sqlite_master where type = 'index' and tbl_name = ${table.name} and sql is not null
      order by name`.execute(db);
    lines.push(
      `table ${table.name}${table.wr ? " without rowid" : ""}`,
      ...columns.map(
        (column) =>
          `  ${column.name} ${column.type}${column.notnull ? " not null" : ""}${column.dflt_value === null ? "" : ` default ${column.dflt_value}`}`,
      ),
      ...keysOf(table.sql),
      ...indexes.map((index) => `  ${index.sql}`),
    );
  }
  return lines;
}

/** Primary keys and unique constraints, which SQLite tells only in the statement that made the table. */
function keysOf(statement: string): readonly string[] {
  const inline = [...statement.matchAll(/"(\w+)" [a-z ]*?(primary key|unique)\b/g)];
  const named = [...statement.matchAll(/constraint "(\w+)" (primary key|unique) (\([^)]*\))/g)];
  return [
    ...inline.map(([, column, kind]) => `  ${kind} (${column})`),
    ...named.map(([, name, kind, columns]) => `  constraint ${name} ${kind} ${columns}`),
  ];
}

async function postgresLines(db: Database["db"]): Promise<readonly string[]> {
  const { rows } = await sql<{ table: string; part: number; at: number; line: string }>`
    select table_name as "table", 1 as part, ordinal_position as at,
      column_name || ' ' || data_type || coalesce(' collate ' || collation_name, '')
        || case is_nullable when 'NO' then ' not null' else '' end
        || coalesce(' default ' || column_default, '') as line
      from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    union all
    select rel.relname, 2, 0, 'constraint ' || con.conname || ' ' || pg_get_constraintdef(con.oid)
      from pg_constraint con join pg_class rel on rel.oid = con.conrelid
      where con.connamespace = 'public'::regnamespace and con.contype <> 'n' and rel.relname not like 'kysely%'
    union all
    select tablename, 3, 0, indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
    order by 1, 2, 3, 4`.execute(db);
  const lines: string[] = [];
  let table: string | undefined;
  for (const row of rows) {
    if (row.table !== table) lines.push(`table ${row.table}`);
    table = row.table;
    lines.push(`  ${row.line}`);
  }
  return lines;
}
