import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { ECS } from "@aws-sdk/client-ecs";
import { type Clients, clientsOf } from "./clients.ts";
import { emptyPostgres } from "./databases.ts";
import { type Sealift, startAgent, startSealift } from "./sealift.ts";
import { throwAwayData } from "./throw-away.ts";

const keys = ["root.key", "root-access-key.json"];

/** Three servers on one PostgreSQL, and agents that know all of them. */
export async function startReplicas() {
  const resources = new AsyncDisposableStack();
  const postgres = resources.use(await emptyPostgres());
  const directories: string[] = [];
  const servers = new Map<number, Sealift>();
  /** Endpoints by server. A server that is started again keeps its endpoint. */
  const endpoints = new Map<number, string>();
  resources.defer(async () => {
    for (const server of servers.values()) await server.end("SIGKILL");
  });
  const flags = ["--no-agent", "--database", postgres.url];
  const start = async (index: number) => {
    const data = directories[index];
    assert.ok(data !== undefined);
    const endpoint = endpoints.get(index);
    const port = endpoint === undefined ? [] : ["--port", new URL(endpoint).port];
    const server = await startSealift({ runtime: "process", data, flags: [...flags, ...port] });
    servers.set(index, server);
    endpoints.set(index, server.endpoint);
  };
  for (let index = 0; index < 3; index++) directories.push(resources.use(await throwAwayData()).path);
  await start(0);
  const [first = "", ...others] = directories;
  // The keys are the installation's, whichever machine serves it.
  for (const path of others) for (const key of keys) await copyFile(join(first, key), join(path, key));
  await Promise.all([start(1), start(2)]);
  const known = new WeakMap<Sealift, Clients>();
  function clients(index?: number): Clients {
    const living = [...servers.values()];
    const server = index === undefined ? living[Math.floor(Math.random() * living.length)] : servers.get(index);
    assert.ok(server, `server ${index} is running`);
    const found = known.get(server) ?? clientsOf(server);
    known.set(server, found);
    return found;
  }
  return {
    start,
    /** The clients of server `index`, or of any that lives. */
    clients,
    /** ECS as server `index` answers it, or as any that lives. */
    ecs: (index?: number): ECS => clients(index).ecs,
    async kill(index: number): Promise<void> {
      const server = servers.get(index);
      servers.delete(index);
      await server?.end("SIGKILL");
    },
    async startAgent() {
      const [server] = servers.values();
      assert.ok(server);
      const data = resources.use(await throwAwayData());
      const options = { cluster: "default", data: data.path, runtime: "process" } as const;
      return resources.use(await startAgent(server, { ...options, endpoints: [...endpoints.values()] }));
    },
    async directory(): Promise<string> {
      return resources.use(await throwAwayData()).path;
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export type Replicas = Awaited<ReturnType<typeof startReplicas>>;
