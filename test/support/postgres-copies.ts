import { hash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPostgres, type PostgresConnections } from "../../src/storage/postgres.ts";
import { keptConnections } from "./kept-connections.ts";
import { administrate, connectTo, type Session, urlOf } from "./postgres-server.ts";

/** A database that has the schema and nothing else, and that nobody else uses until it is disposed of. */
export interface PostgresCopy extends AsyncDisposable {
  readonly url: string;
  /** Connections of earlier tests. */
  lend(): PostgresConnections;
}

const codes = { noDatabase: "3D000", databaseIsThere: "42P04", connectionCut: "57P01" };

/** Tells a schema from one that a test has changed. */
const shape = `(
  select count(*) || ' ' || (select string_agg(name, ' ') from kysely_migration) from pg_attribute
  join pg_class on pg_class.oid = attrelid where relnamespace = 'public'::regnamespace and attnum > 0
)`;
const rememberedShape =
  "(select shobj_description(oid, 'pg_database') from pg_database where datname = current_database())";

/** To delete a test's few rows costs a tenth of what `truncate` does, which makes new files. */
const empty = `
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
      execute format('delete from %I', name);
    end loop;
  end $$`;

let template: Promise<string> | undefined;
/** Where this process looks first. */
let next = 1;
/** Copies of this process that no test uses now: their sessions have the lock. */
const idle: Copy[] = [];

interface Copy extends Pick<PostgresCopy, "lend"> {
  readonly name: string;
  readonly session: Session;
}

/**
 * Takes a copy that is free and empties it. Makes one only if none is: PostgreSQL takes longer to make and drop a database than
 * for most tests. The copies are numbered, and stay on the server for later runs.
 */
export async function takePostgresCopy(): Promise<PostgresCopy> {
  const copy = (await takeIdle()) ?? (await takeAny());
  return {
    url: urlOf(copy.name),
    lend: copy.lend,
    async [Symbol.asyncDispose]() {
      // The process may end.
      copy.session.unref();
      idle.push(copy);
    },
  };
}

async function takeIdle(): Promise<Copy | undefined> {
  const copy = idle.pop();
  if (!copy) return undefined;
  copy.session.ref();
  return (await prepare(copy)) ? copy : takeIdle();
}

async function takeAny(): Promise<Copy> {
  template ??= makeTemplate();
  const from = await template;
  for (let number = next; ; number++) {
    const name = `${from}_${number}`;
    const session = await connectOrMake(name, from);
    const copy = { name, session, ...(await keptConnections(urlOf(name))) };
    if (!(await prepare(copy))) continue;
    next = number;
    return copy;
  }
}

/** Resolves to true if the session has the database's lock now, and the database is empty. If not, the session has ended. */
async function prepare({ name, session }: Copy): Promise<boolean> {
  try {
    const asked = `select pg_try_advisory_lock(5341418) as taken, ${shape} = ${rememberedShape} as whole`;
    const { taken, whole } = (await session.query(asked)).rows[0];
    if (taken && whole) {
      await session.query(empty);
      return true;
    }
    // While this session has the lock, no other one takes the database.
    if (taken) await administrate([`drop database ${name} with (force)`]);
  } catch (error) {
    if (codeOf(error) !== codes.connectionCut) throw error;
  }
  await session.end();
  return false;
}

async function connectOrMake(name: string, from: string): Promise<Session> {
  try {
    return await connectTo(urlOf(name));
  } catch (error) {
    if (codeOf(error) !== codes.noDatabase) throw error;
  }
  await makeCopy(name, from);
  return connectTo(urlOf(name));
}

async function makeCopy(name: string, from: string): Promise<void> {
  const made = `${name}_${process.pid}`;
  await administrate([`create database ${made} template ${from}`]);
  const session = await connectTo(urlOf(made));
  const { rows } = await session.query(`select ${shape} as shape`);
  await session.query(`comment on database ${made} is '${rows[0].shape}'`);
  await session.end();
  try {
    await administrate([`alter database ${made} rename to ${name}`]);
  } catch (error) {
    if (codeOf(error) !== codes.databaseIsThere) throw error;
    await administrate([`drop database ${made} with (force)`]);
  }
}

/** A database that has the schema: PostgreSQL copies it ten times as fast as it makes every table. */
async function makeTemplate(): Promise<string> {
  const folder = join(import.meta.dirname, "../../src/storage/migrations");
  const files = globSync("**/*.ts", { cwd: folder }).sort();
  const name = `sealift_template_${hash("sha256", files.map((file) => readFileSync(join(folder, file))).join("")).slice(0, 16)}`;
  // One process makes it, and all others wait.
  await administrate(["select pg_advisory_lock(5341417)"], async (query) => {
    if ((await query(`select from pg_database where datname = '${name}'`)).length > 0) return;
    await query(`drop database if exists ${name}_new with (force)`);
    await query(`create database ${name}_new`);
    const database = await openPostgres(urlOf(`${name}_new`));
    await database[Symbol.asyncDispose]();
    await query(`alter database ${name}_new rename to ${name}`);
  });
  return name;
}

function codeOf(error: unknown): string | undefined {
  return (error as { readonly code?: string }).code;
}
