import { once } from "node:events";
import { connectionsTo, type PostgresConnections } from "../../src/storage/postgres.ts";
import type { PipelineClient } from "../../src/storage/postgres-pipeline.ts";
import type { Session } from "./postgres-server.ts";

/**
 * Connections that stay for the next test when a database on them is disposed of: a new one, whose process has read no table's
 * shape yet, costs PostgreSQL more than most tests. `lend` gives them to one database at a time.
 */
export async function keptConnections(url: string): Promise<{ lend(): PostgresConnections }> {
  // Those that only many requests at once needed are given back: a server has a hundred for all test processes.
  const { pool, openClient } = await connectionsTo(url, { allowExitOnIdle: true, idleTimeoutMillis: 1_000 });
  let client: Promise<Session> | undefined;

  async function openOnce(): Promise<Session> {
    const opened = (await openClient()) as Session;
    // The next query tells of it.
    opened.on("error", () => {});
    return opened;
  }

  async function lendClient(): Promise<PipelineClient> {
    client ??= openOnce();
    const lent = await client;
    lent.ref();
    return {
      connection: lent.connection,
      query: (config) => lent.query(config),
      on() {},
      async end() {
        await lent.query("select");
        lent.unref();
      },
    };
  }

  return {
    lend() {
      let isEnded = false;
      return {
        pool: {
          options: pool.options,
          async connect() {
            if (isEnded) throw new Error("The database is closed");
            return pool.connect();
          },
          async end() {
            isEnded = true;
            while (pool.idleCount < pool.totalCount) await once(pool, "release");
          },
        },
        openClient: lendClient,
      };
    },
  };
}
