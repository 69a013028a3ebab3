import { once } from "node:events";
import { WebSocket } from "ws";
import { rootPrincipal, testAccount, testRegion } from "../../../test/support/in-process.ts";
import type { CallRecord } from "../../front-door/audit-call.ts";
import type { Authorize, Principal } from "../../model/call.ts";
import { ecsService } from "../../services/ecs/index.ts";
import { openEcs, startFakeAgent } from "../../services/ecs/test-support.fixture.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import type { ControlPlane } from "../control-plane.ts";
import { serveHttp } from "./http.ts";
import { type PollEndpointOptions, pollEndpoint } from "./poll-endpoint.ts";

export interface Overrides extends Pick<PollEndpointOptions, "bounds"> {
  authenticate?: (request: WireRequest) => Promise<{ readonly principal: Principal; readonly region: string }>;
  authorize?: Authorize;
  /** Who signs; the root user, who registered the instance too, unless given. */
  principal?(): Principal;
}

/** The endpoint on a port of its own, and an instance that has registered and is not connected. */
export async function openEndpoint(overrides: Overrides = {}) {
  const stack = new AsyncDisposableStack();
  let caller = rootPrincipal;
  const own = stack.use(await openEcs({ principal: () => caller }));
  await own.ecs.createCluster({});
  if (overrides.principal) caller = overrides.principal();
  const { arn, disconnect } = await startFakeAgent(own);
  await disconnect();
  const audited: CallRecord[] = [];
  const plane = {
    service: { ecs: ecsService(own.context) },
    authorize: overrides.authorize ?? (async () => undefined),
    ecs: own.context,
    surroundings: own.context,
    audit: (record: CallRecord) => void audited.push(record),
  } as unknown as ControlPlane;
  const endpoint = pollEndpoint({
    plane,
    authenticate:
      overrides.authenticate ?? (async () => ({ principal: overrides.principal?.() ?? caller, region: testRegion })),
    partition: "aws",
    ...(overrides.bounds && { bounds: overrides.bounds }),
  });
  const http = stack.use(await serveHttp({ host: "127.0.0.1", port: 0, mounts: [], upgrade: endpoint.upgrade }));
  stack.use(endpoint);
  const connect = (path: string, options?: { autoPong: boolean }, headers?: Readonly<Record<string, string>>) =>
    new WebSocket(`${http.endpoint.replace("http", "ws")}${path}`, { ...options, ...(headers && { headers }) });
  return {
    ...{
      own,
      arn,
      connect,
      endpoint,
      audited,
      host: new URL(http.endpoint).host,
      errors: own.errors,
      timers: own.timers,
    },
    /** Connects for the instance, once the session has begun. */
    async open(options?: { autoPong: boolean }) {
      const socket = connect(`/ws?containerInstanceArn=${arn}`, options);
      const [first] = await once(socket, "message");
      return { socket, first: JSON.parse(String(first)) };
    },
    async isConnected(): Promise<boolean> {
      const { containerInstances } = await own.ecs.describeContainerInstances({ containerInstances: [arn] });
      return containerInstances?.[0]?.agentConnected === true;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export async function refusal(socket: WebSocket) {
  const [, response] = await once(socket, "unexpected-response");
  return { status: response.statusCode, body: JSON.parse(String(Buffer.concat(await response.toArray()))) };
}

/** A session of a role that instances have. */
export const machine = (session: string, role = "AROAMACHINES"): Principal => ({
  kind: "assumed-role",
  arn: `arn:aws:sts::${testAccount}:assumed-role/ecsInstanceRole/${session}`,
  account: testAccount,
  userId: `${role}:${session}`,
  accessKeyId: "ASIATEST",
});
