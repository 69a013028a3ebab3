import type { Client } from "pg";

/** Of these, `ref` and `unref` are missing in the types of pg. */
export type Session = Client & { ref(): void; unref(): void };

type Query = (statement: string) => Promise<readonly unknown[]>;

/** The PostgreSQL server on which tests may make and drop databases. */
function serverUrl(): string {
  const server = process.env.SEALIFT_TEST_POSTGRES;
  if (server === undefined) throw new Error("SEALIFT_TEST_POSTGRES names no server");
  return server;
}

export function urlOf(database: string): string {
  return Object.assign(new URL(serverUrl()), { pathname: `/${database}` }).href;
}

export async function connectTo(url: string): Promise<Session> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  // The next query tells of a connection that was cut.
  client.on("error", () => {});
  await client.connect();
  return client as Session;
}

/** Runs the statements on the server, and then `work` in the same session. */
export async function administrate(
  statements: readonly string[],
  work?: (query: Query) => Promise<void>,
): Promise<void> {
  const client = await connectTo(serverUrl());
  const query: Query = async (statement) => (await client.query(statement)).rows;
  try {
    for (const statement of statements) await query(statement);
    await work?.(query);
  } finally {
    await client.end();
  }
}
