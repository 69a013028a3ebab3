import type { Agent, SecretsFrom } from "../agent/agent.ts";
import { defined } from "../defined.ts";
import { keyring } from "../keyring/keyring.ts";
import { startLoops } from "../loops/index.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { ensureDefaultCluster } from "../services/ecs/index.ts";
import { newAccessKey } from "../services/iam/index.ts";
import type { Database } from "../storage/database.ts";
import { openPostgres } from "../storage/postgres.ts";
import { openSqlite } from "../storage/sqlite.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Config } from "./config.ts";
import { controlPlane } from "./control-plane.ts";
import { type AccessKey, beginDatabase, openDataDirectory, writeAddress } from "./data-directory.ts";
import { devKey, listen } from "./listen.ts";
import { openRuntime } from "./open-runtime.ts";
import { joinReplicas } from "./replicas.ts";
import { emptyDatabase } from "./reset.ts";
import { rootKeyOf } from "./root-key/root-key.ts";
import { checkRootKey } from "./root-key/root-key-check.ts";
import { rootConsoleLink } from "./signin/console-link.ts";
import { fileToTrust, trustAuthorities } from "./tls.ts";

/** A running installation. Disposing of it stops it and leaves its containers running. */
export interface Sealift extends AsyncDisposable {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly accessKey: AccessKey;
  /** True if the data directory was new. */
  readonly firstStart: boolean;
  /** Reads the certificate anew; see `Listener`. */
  renewCertificate(): void;
  /** Absent with `--no-agent`. */
  readonly runtime: Runtime | undefined;
  /** Makes a link that signs in to the console as the root user, once; `undefined` with `--no-console`. */
  consoleLink(): Promise<string> | undefined;
  /** Stops every task of this machine and deletes what it left. */
  clear(): Promise<void>;
}

const partition = "aws";

/** Starts control plane and agent; resolves once both are ready. Its tasks have their secrets from `secretsFrom`, if it is given. */
export async function startSealift(
  config: Config,
  surroundings: Surroundings,
  secretsFrom?: SecretsFrom,
): Promise<Sealift> {
  const { clock, ids } = surroundings;
  await using resources = new AsyncDisposableStack();
  const data = resources.use(openDataDirectory(config.data, () => newAccessKey("AKIA", config.account, ids)));
  const database = resources.use(await openDatabase(config, data.database));
  const runtime = config.agent ? resources.use(await openRuntime(config, data.path, { clock, ids })) : undefined;
  const seal = keyring(await rootKeyOf(config.rootKey, config.data, database));
  await checkRootKey(database, seal);
  const { wakes, leases } = resources.use(await joinReplicas(config.database, database, surroundings));
  const registry = config.registry && resources.use(await registryOf(config, data.path, surroundings));
  const plane = controlPlane({
    registry,
    ...{ database, keyring: seal, surroundings, wakes, replica: leases.replica, partition },
    ...{ account: config.account, region: config.region, lambdas: config.lambdas },
    rootKeyIds: [data.accessKey, ...(config.dev ? [devKey] : [])].map(({ accessKeyId }) => accessKeyId),
    ...{ retention: config.auditRetention, publicUrl: config.publicUrl, strictResources: config.strictResources },
    denyPlaintextSecrets: config.denyPlaintextSecrets,
  });
  resources.defer(plane.flush);
  const listener = resources.use(await listen({ plane, config, partition, accessKey: data.accessKey, reset }));
  const { endpoint } = listener;
  const caCert = config.tls && fileToTrust(config.tls, config.caCert);
  // For the agent of this machine.
  if (caCert !== undefined) trustAuthorities(caCert);
  await ensureDefaultCluster(plane.ecs, { account: config.account, region: config.region, partition });
  for (const account of await plane.organizations.accounts.allIds()) await plane.organizations.prepare(account);

  let agent: Agent | undefined;
  async function start(): Promise<void> {
    if (!runtime) return;
    const { startLocalAgent } = await import("./local-agent.ts");
    agent = await startLocalAgent(plane, {
      ...{ config, endpoint, partition, runtime, secretsFrom },
      stateFile: data.agentState,
    });
  }
  async function stop(): Promise<void> {
    await agent?.[Symbol.asyncDispose]();
    agent = undefined;
  }
  let resetting = Promise.resolve();
  /** One after the other: two at once would start two agents. */
  function reset(): Promise<void> {
    const done = resetting.then(resetNow);
    resetting = done.catch(() => {}); // its caller gets the error
    return done;
  }
  async function resetNow(): Promise<void> {
    await agent?.clear();
    await stop();
    (await import("../agent/engine/sqlite-state.ts")).deleteState(data.agentState);
    await emptyDatabase(database);
    await plane.restartEvents();
    await ensureDefaultCluster(plane.ecs, { account: config.account, region: config.region, partition });
    await start();
  }

  resources.use(startLoops(plane, { ...surroundings, wakes, leases }));
  // The agent is the first to stop, so that it can still report its last changes.
  resources.defer(stop);
  resources.defer(listener.leave);
  await start();
  writeAddress(config.data, { endpoint, region: config.region, ...defined({ caCert }) });
  const owned = resources.move();
  return {
    endpoint,
    region: config.region,
    account: config.account,
    accessKey: data.accessKey,
    firstStart: data.isNew,
    renewCertificate: listener.renewCertificate,
    runtime,
    consoleLink: () =>
      config.console
        ? rootConsoleLink({
            ...{ plane, partition, account: config.account, accessKeyId: data.accessKey.accessKeyId },
            address: config.publicUrl ?? endpoint,
          })
        : undefined,
    clear: async () => agent?.clear(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function registryOf({ registry, publicUrl, tls }: Config, data: string, { log }: Surroundings) {
  const { openRegistry } = await import("./registry/open-registry.ts");
  return openRegistry({ data, port: registry?.port, publicUrl, scheme: tls ? "https" : "http", log });
}

function openDatabase({ database }: Config, path: string): Promise<Database> {
  if (database !== undefined) return openPostgres(database);
  beginDatabase(path);
  return openSqlite(path);
}
