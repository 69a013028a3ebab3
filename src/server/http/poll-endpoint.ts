import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { ApiError } from "../../model/api-error.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import { type AgentConnection, serveAgent } from "./agent-connection.ts";
import { type Admission, type PollAdmissionOptions, pollAdmission } from "./poll-admission.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";

/** Bytes; the agent's messages are acknowledgements. */
const largestMessage = 64 * 1024;

/** Connections at a time, of all agents and of one caller's: many machines may share a user. */
const bounds = { all: 10_000, ofCaller: 1_000 };

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
 * The WebSocket that agents hold open (`/ws`): signed like any request, and allowed by `ecs:Poll` on the container
 * instance. Disposing of it closes every connection.
 */
export function pollEndpoint(options: PollEndpointOptions): PollEndpoint {
  const { ecs, surroundings } = options.plane;
  const most = options.bounds ?? bounds;
  const admit = pollAdmission(options);
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
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
      server.handleUpgrade(incoming, socket, head, (webSocket) => {
        const connection = serveAgent(ecs, admission, webSocket, () => isLeaving);
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
      server.close();
    },
  };
}
