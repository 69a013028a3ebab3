import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { ApiError } from "../../model/api-error.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import { serveAgent } from "./agent-connection.ts";
import type { AgentConnection } from "./agent-socket.ts";
import { type Admission, type PollAdmissionOptions, pollAdmission } from "./poll-admission.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { serveTelemetry } from "./telemetry-connection.ts";

/**
 * Bytes of an agent's messages. Those of the protocol are acknowledgements; of metrics AWS's agent sends up to a mebibyte, and its
 * signature.
 */
const largestMessage = { protocol: 64 * 1024, telemetry: 1024 * 1024 + 64 * 1024 };

/** Connections at a time, of all agents and of one caller's: each machine has two, and many may share a user. */
const bounds = { all: 12_000, ofCaller: 2_000 };

export interface PollEndpointOptions extends PollAdmissionOptions {
  /** For tests. */
  readonly bounds?: typeof bounds;
}

export interface PollEndpoint extends AsyncDisposable {
  /** Takes over a handshake; never rejects. */
  upgrade(request: WireRequest, incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void>;
  /** Takes no more connections. From now on, agents whose connections end still count as connected: they come back. */
  leave(): void;
}

/**
 * The WebSockets that agents hold open, signed like any request: that of the agent protocol (`/ws`), allowed by `ecs:Poll` on the
 * container instance, and that of telemetry (`/telemetry/ws`), allowed by `ecs:StartTelemetrySession`. Disposing of it
 * closes every connection.
 */
export function pollEndpoint(options: PollEndpointOptions): PollEndpoint {
  const { ecs, surroundings } = options.plane;
  const most = options.bounds ?? bounds;
  const admit = pollAdmission(options);
  const servers = {
    "ecs:Poll": new WebSocketServer({ noServer: true, maxPayload: largestMessage.protocol }),
    "ecs:StartTelemetrySession": new WebSocketServer({ noServer: true, maxPayload: largestMessage.telemetry }),
  };
  const connections = new Map<AgentConnection, string>();
  let isLeaving = false;

  function refuseSurplus(caller?: string): void {
    if (isLeaving) throw new ApiError({ code: "ServiceUnavailable", status: 503 }, "The server stops");
    const ofCaller = caller === undefined ? 0 : [...connections.values()].filter((one) => one === caller).length;
    if (connections.size < most.all && ofCaller < most.ofCaller) return;
    throw new ApiError({ code: "ThrottlingException", status: 429 }, "Too many connections");
  }

  async function admitted(request: WireRequest): Promise<Admission> {
    refuseSurplus();
    const admission = await admit(request);
    refuseSurplus(admission.caller);
    return admission;
  }

  return {
    async upgrade(request, incoming, socket, head) {
      let admission: Admission;
      try {
        admission = await admitted(request);
      } catch (error) {
        refuseUpgrade(socket, error);
        if (!(error instanceof ApiError)) surroundings.onError(error);
        return;
      }
      servers[admission.kind].handleUpgrade(incoming, socket, head, (webSocket) => {
        const connection =
          admission.kind === "ecs:Poll"
            ? serveAgent(ecs, admission, webSocket, () => isLeaving)
            : serveTelemetry(ecs, admission, webSocket);
        connections.set(connection, admission.caller);
        void connection.ended.then(() => connections.delete(connection));
      });
    },
    leave() {
      isLeaving = true;
    },
    async [Symbol.asyncDispose]() {
      isLeaving = true;
      const open = [...connections.keys()];
      for (const connection of open) connection.leave();
      await Promise.all(open.map(({ ended }) => ended));
      for (const server of Object.values(servers)) server.close();
    },
  };
}
