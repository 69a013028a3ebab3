import { beforeEach } from "node:test";
import type { GetSessionTokenCommandOutput } from "@aws-sdk/client-sts";
import { fakeClock, systemClock } from "../../src/clock.ts";
import { dispatcher } from "../../src/front-door/dispatcher.ts";
import { randomIds } from "../../src/ids.ts";
import { keyring } from "../../src/keyring/keyring.ts";
import { silentLog } from "../../src/log.ts";
import type { Authorize } from "../../src/model/call.ts";
import { type ControlPlaneOptions, controlPlane } from "../../src/server/control-plane.ts";
import { apiMount } from "../../src/server/http/api-mount.ts";
import { serveHttp } from "../../src/server/http/http.ts";
import { installationMounts } from "../../src/server/http/installation-mounts.ts";
import { issuerMount } from "../../src/server/http/issuer-mount.ts";
import { rootAccessKeysPath, taskStatsPath } from "../../src/server/installation-paths.ts";
import { rootAccessKeys } from "../../src/server/root-key/root-access-keys.ts";
import { authorizeMount } from "../../src/server/signin/authorize-mount.ts";
import { taskStatsHandler } from "../../src/server/task-stats.ts";
import { ensureDefaultCluster } from "../../src/services/ecs/index.ts";
import { authenticator, knownCaller } from "../../src/services/sts/index.ts";
import type { Database } from "../../src/storage/database.ts";
import { isUnstorable } from "../../src/storage/postgres.ts";
import { systemSurroundings } from "../../src/surroundings.ts";
import { clientsOf } from "./clients.ts";
import { testAccount, testRegion } from "./in-process.ts";

/** Credentials, as SDK clients take them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Has a clock go with the time between tests. A control plane that the tests of a file share is opened when the files of its
 * process are loaded; on a busy machine its tests run minutes later, and it would take their signatures for ones of the future.
 */
export function keepTime(clock: ReturnType<typeof fakeClock>): void {
  beforeEach(() => clock.advance(Math.max(0, systemClock.now().getTime() - clock.now().getTime())));
}

/**
 * The whole control plane in this process, behind a socket and with signatures verified. Its clock starts at the present
 * time, because clients sign with that, and moves by `advance` only.
 */
export async function served(
  database: Database,
  options: Pick<ControlPlaneOptions, "oidcProviders" | "fetch" | "publicUrl"> = {},
) {
  const clock = fakeClock(systemClock.now().toISOString());
  const root = { accessKeyId: "AKIATESTROOT00000000", secretAccessKey: randomIds.hex(20) };
  const scope = { account: testAccount, region: testRegion, partition: "aws" };
  const surroundings = { ...systemSurroundings(silentLog), clock };
  const plane = controlPlane({
    database,
    keyring: keyring(Buffer.alloc(32, 1)),
    surroundings,
    rootKeyIds: [root.accessKeyId],
    ...scope,
    ...options,
  });
  await ensureDefaultCluster(plane.ecs, scope);
  const callers = {
    ...plane,
    ...scope,
    clock,
    rootKeys: () => [root],
    memberRootKey: plane.organizations.accounts.rootKeys.find,
  };
  const authenticate = authenticator(callers);
  const changes = new Map<string, () => Promise<unknown>>();
  const authorize: Authorize = async (call, access) => {
    const denial = await plane.authorize(call, access);
    const change = changes.get(access.action);
    changes.delete(access.action);
    await change?.();
    return denial;
  };
  const failures: unknown[] = [];
  const now = () => clock.now();
  const timedId = (time: Date) => randomIds.timedUuid(time);
  const dispatch = dispatcher({
    services: plane.services,
    partition: "aws",
    authenticate,
    authorize,
    now,
    isUnstorable,
    encodeDenial: plane.encodeDenial,
    requestId: timedId,
    eventId: timedId,
    audit: plane.audit,
    onAnswer: ({ cause }) => void (cause !== undefined && failures.push(cause)),
  });
  const http = await serveHttp({
    host: "127.0.0.1",
    port: 0,
    mounts: [
      ...installationMounts({
        signed: {
          [rootAccessKeysPath]: rootAccessKeys({ plane, authenticate }),
          [taskStatsPath]: taskStatsHandler({ plane, authenticate, partition: "aws" }),
        },
      }),
      issuerMount({ ...plane, clock, onError: (error) => void failures.push(error) }),
      authorizeMount({ plane, authenticate, partition: "aws", hasConsole: true }),
      apiMount({ dispatch, isKnown: knownCaller(callers) }),
    ],
    upgrade: async (_request, _incoming, socket) => void socket.destroy(),
  });
  const { endpoint } = http;
  return {
    endpoint,
    region: testRegion,
    root,
    plane,
    clock,
    failures,
    /** Makes a change once: after the next decision about the action, and before the operation runs. */
    afterDecision: (action: string, change: () => Promise<unknown>) => void changes.set(action, change),
    as: (credentials: Credentials = root) => clientsOf({ endpoint, region: testRegion, credentials }),
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** The credentials in an answer of STS. */
export function credentialsIn(answer: Pick<GetSessionTokenCommandOutput, "Credentials">): Required<Credentials> {
  const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token } = answer.Credentials ?? {};
  if (!id || !secret || !token) throw new Error("STS gave no credentials");
  return { accessKeyId: id, secretAccessKey: secret, sessionToken: token };
}
