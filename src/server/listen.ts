import { defined } from "../defined.ts";
import { dispatcher, type RequestRecord } from "../front-door/dispatcher.ts";
import type { Log } from "../log.ts";
import { type AuthenticatorOptions, authenticator, knownCaller } from "../services/sts/index.ts";
import { isUnstorable } from "../storage/postgres.ts";
import type { Config } from "./config.ts";
import { withBrowserDoor } from "./console/browser-door.ts";
import { consoleMount } from "./console/console-mount.ts";
import type { ControlPlane } from "./control-plane.ts";
import type { AccessKey } from "./data-directory.ts";
import { apiMount } from "./http/api-mount.ts";
import { dataChannelPrefix, dataChannels } from "./http/exec/data-channels.ts";
import { type HttpServer, serveHttp } from "./http/http.ts";
import { installationMounts } from "./http/installation-mounts.ts";
import { issuerMount } from "./http/issuer-mount.ts";
import { isLocalCaller } from "./http/local-program.ts";
import type { Mount } from "./http/mounts.ts";
import { pollEndpoint } from "./http/poll-endpoint.ts";
import { resetPath, rootAccessKeysPath, taskLogsPath, taskStatsPath } from "./installation-paths.ts";
import { registryDoor } from "./registry/registry-door.ts";
import { rootAccessKeys } from "./root-key/root-access-keys.ts";
import { signedReset } from "./signed-reset.ts";
import { authorizeMount } from "./signin/authorize-mount.ts";
import { taskLogsHandler } from "./task-logs.ts";
import { taskStatsHandler } from "./task-stats.ts";
import { readKeyPair } from "./tls.ts";

export interface ListenOptions {
  readonly plane: ControlPlane;
  readonly config: Pick<
    Config,
    "host" | "port" | "tls" | "account" | "dev" | "throwAway" | "registry" | "console" | "publicUrl"
  >;
  readonly partition: string;
  /** The root user's. */
  readonly accessKey: AccessKey;
  /** Empties the installation; asked for with `--dev` and `--throw-away` only. */
  reset(): Promise<void>;
}

export interface Listener extends AsyncDisposable {
  readonly endpoint: string;
  /** Reads the certificate anew. Throws, and goes on with the one that it has, where the files cannot be used. */
  renewCertificate(): void;
  /** To be called when the server begins to stop: see `PollEndpoint.leave`. */
  leave(): void;
}

/** With `--dev`, everybody on this machine is root with this key. */
export const devKey: AccessKey = { accessKeyId: "test", secretAccessKey: "test" };

/** What a port that is for images answers to everything else. */
const nowhere: Mount = {
  prefix: "",
  largestBody: 0,
  patience: 10_000,
  handle: async () => ({ status: 404, headers: {}, body: "" }),
};

/** Listens for requests, and for agents. */
export async function listen({ plane, config, partition, accessKey, reset }: ListenOptions): Promise<Listener> {
  const { clock, ids, log } = plane.surroundings;
  const callers: AuthenticatorOptions = {
    ...{ ...plane, clock, account: config.account, partition },
    memberRootKey: plane.organizations.accounts.rootKeys.find,
    rootKeys: (request) => (config.dev && isLocalCaller(request) ? [accessKey, devKey] : [accessKey]),
  };
  const authenticate = authenticator(callers);
  const timedId = (time: Date) => ids.timedUuid(time);
  const { services, authorize, encodeDenial, audit } = plane;
  const dispatch = dispatcher({
    ...{ services, partition, authenticate, authorize, encodeDenial, audit, isUnstorable },
    now: () => clock.now(),
    requestId: timedId,
    eventId: timedId,
    onAnswer: (record) => logAnswer(log, record),
  });
  const polling = pollEndpoint({ plane, authenticate, partition });
  const door = config.registry && registryDoor({ plane, partition });
  await using listening = new AsyncDisposableStack();
  const tls = defined({ tls: config.tls && readKeyPair(config.tls) });
  const servers: HttpServer[] = [];
  if (door && config.registry?.port !== undefined) {
    const { port } = config.registry;
    const mounts = [door, nowhere];
    servers.push(listening.use(await serveHttp({ host: config.host, port, ...tls, mounts, upgrade: polling.upgrade })));
  }
  const api = apiMount({ dispatch, isKnown: knownCaller(callers) });
  const channels = dataChannels({ plane, authenticate, partition });
  const http = await serveHttp({
    host: config.host,
    port: config.port,
    ...tls,
    mounts: [
      ...installationMounts({
        ...defined({ reset: config.dev ? reset : undefined }),
        signed: {
          [rootAccessKeysPath]: rootAccessKeys({ plane, authenticate }),
          [taskStatsPath]: taskStatsHandler({ plane, authenticate, partition }),
          [taskLogsPath]: taskLogsHandler({ plane, authenticate, partition }),
          ...(config.throwAway && {
            [resetPath]: signedReset({ plane, authenticate, account: config.account, reset }),
          }),
        },
      }),
      ...(door ? [door] : []),
      issuerMount({ ...plane, clock, onError: plane.surroundings.onError }),
      authorizeMount({ plane, authenticate, partition, hasConsole: config.console }),
      ...(config.console ? [consoleMount({ publicUrl: config.publicUrl, onError: plane.surroundings.onError })] : []),
      config.console ? withBrowserDoor(api) : api,
    ],
    upgrade: (request, ...rest) =>
      (request.path.startsWith(dataChannelPrefix) ? channels : polling).upgrade(request, ...rest),
  });
  const others = listening.move();
  return {
    endpoint: http.endpoint,
    renewCertificate() {
      const { tls: files } = config;
      if (files) for (const server of [http, ...servers]) server.renew(readKeyPair(files));
    },
    leave: polling.leave,
    async [Symbol.asyncDispose]() {
      await channels[Symbol.asyncDispose]();
      await polling[Symbol.asyncDispose]();
      await others.disposeAsync();
      await http[Symbol.asyncDispose]();
    },
  };
}

function logAnswer(log: Log, { cause, ...record }: RequestRecord): void {
  if (cause === undefined) log.debug(record, "Answered");
  else log.error({ ...record, err: cause }, "Cannot answer a request");
}
