import { silentLog } from "../../src/log.ts";
import { readConfig } from "../../src/server/config.ts";
import { startSealift } from "../../src/server/server.ts";
import { systemSurroundings } from "../../src/surroundings.ts";
import { type Clients, clientsOf } from "./clients.ts";

/** Opens a data directory as `sealift up --no-agent` does, in this process: for tests of what stands there. */
export async function startSealiftHere(data: string): Promise<AsyncDisposable & { readonly clients: Clients }> {
  const config = readConfig({ data, port: "0", agent: false }, {});
  const { endpoint, region, accessKey, ...sealift } = await startSealift(config, systemSurroundings(silentLog));
  return { ...sealift, clients: clientsOf({ endpoint, region, credentials: accessKey }) };
}
