import type { Client, QueryConfig } from "pg";

/** What a pipeline needs of a client. */
export interface PipelineClient extends Pick<Client, "connection" | "end"> {
  on(event: "error" | "end", listener: () => void): unknown;
  query(config: QueryConfig): Promise<{ rows: unknown[] }>;
}

/**
 * Sends the queries of one turn of the event loop together, over one connection that waits for no answer between them: with
 * many requests at once, sending each by itself costs more than all the rest of its work. Each is a transaction of its own.
 * When the connection is lost, the queries under way fail; the next query opens another one.
 */
export function postgresPipeline(open: () => Promise<PipelineClient>) {
  let connecting: Promise<PipelineClient> | undefined;
  let waiting: (() => void)[] = [];

  function connected(): Promise<PipelineClient> {
    if (connecting) return connecting;
    const opening = open().then((client) => {
      client.on("error", forget); // the client itself rejects its queries
      client.on("end", forget);
      return client;
    });
    const forget = () => {
      if (connecting === opening) connecting = undefined;
    };
    opening.catch(forget);
    connecting = opening;
    return opening;
  }

  function sendTogether(client: PipelineClient): void {
    const queries = waiting;
    waiting = [];
    const { stream } = client.connection;
    stream.cork();
    for (const query of queries) query();
    stream.uncork();
  }

  return {
    /** The rows of a query's answer. */
    async query(config: QueryConfig): Promise<unknown[]> {
      const client = await connected();
      const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
      waiting.push(() => client.query(config).then(({ rows }) => resolve(rows), reject));
      if (waiting.length === 1) setImmediate(sendTogether, client);
      return promise;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      const client = await connecting?.catch(() => undefined);
      await client?.end();
    },
  };
}
