import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { DispatcherOptions } from "../../../front-door/dispatcher.ts";
import { newCall } from "../../../front-door/new-call.ts";
import { ApiError } from "../../../model/api-error.ts";
import {
  findPolled,
  isExecSessionIssued,
  isMachineOf,
  joinExecSession,
  notItsMachine,
  openExecSession,
  pollAccess,
} from "../../../services/ecs/index.ts";
import { tokenIn } from "../../../session-manager/handshake.ts";
import type { WireRequest } from "../../../wire/protocol.ts";
import type { ControlPlane } from "../../control-plane.ts";
import { refuseUpgrade } from "../refuse-upgrade.ts";
import { type Relay, relay } from "./relay.ts";

/** Where data channels are: the path's rest is the session's id. */
export const dataChannelPrefix = "/v1/data-channel/";

/** Bytes of one message. */
const largestMessage = 64 * 1024;

/** Connections of clients at a time, and those among them that have not shown a token. */
const bounds = { all: 1_000, unknown: 100 };

/** Milliseconds for which a client's token is waited for. */
const tokenPatience = 10_000;

const policyViolation = 1008;

export interface DataChannelOptions {
  readonly plane: ControlPlane;
  readonly authenticate: DispatcherOptions["authenticate"];
  readonly partition: string;
}

export interface DataChannels extends AsyncDisposable {
  /** Takes over a handshake; never rejects. */
  upgrade(request: WireRequest, incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void>;
}

/**
 * The WebSockets of ExecuteCommand's sessions. A client shows the session's token, once. The agent of the container's machine is
 * known by its signature, and joins the session at the replica where its client is.
 */
export function dataChannels({ plane, authenticate, partition }: DataChannelOptions): DataChannels {
  const { ecs, surroundings } = plane;
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const relays = new Map<string, Relay>();
  let unknown = 0;
  let isLeaving = false;

  function serveClient(id: string, socket: WebSocket): void {
    socket.on("error", () => socket.terminate());
    unknown++;
    const cancel = ecs.timers.after(tokenPatience, () => socket.close(policyViolation, "No token came"));
    const known = () => {
      cancel();
      unknown--;
      socket.off("close", known);
    };
    socket.on("close", known);
    socket.once("message", (data, isBinary) => {
      known();
      admitClient(id, socket, isBinary ? undefined : tokenIn(String(data))).catch((error: unknown) => {
        socket.terminate();
        ecs.onError(error);
      });
    });
  }

  async function admitClient(id: string, socket: WebSocket, token: string | undefined): Promise<void> {
    const opened = token === undefined || isLeaving ? undefined : await openExecSession(ecs, id, token);
    if (!opened) return socket.close(policyViolation, "The token is not valid");
    relays.get(id)?.pause();
    const made = relay(ecs, opened, socket);
    relays.set(id, made);
    void made.ended.then(() => {
      if (relays.get(id) === made) relays.delete(id);
    });
    if (socket.readyState !== socket.OPEN) made.pause();
  }

  /** Lets the agent in that runs the session's task. */
  async function admitAgent(id: string, request: WireRequest): Promise<Relay> {
    const { principal, region } = await authenticate(request, plane.service.ecs);
    const waiting = relays.get(id);
    if (!waiting?.isWaiting()) throw new ApiError({ code: "MisdirectedRequest", status: 421 }, "No client waits here");
    const { clock, ids } = surroundings;
    const time = clock.now();
    const [requestId, eventId] = [ids.timedUuid(time), ids.timedUuid(time)];
    const call = newCall(request, { requestId, eventId, time, principal, region, partition });
    const polled = await findPolled(ecs, waiting.opened.session.instanceArn);
    const access = pollAccess(polled, "ecs:Poll");
    let denial = await plane.authorize(call, access);
    if (denial === undefined && !(polled.instance && isMachineOf(principal, polled.instance))) {
      denial = notItsMachine(principal, access.action, polled.arn);
    }
    if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 403 }, denial);
    if (!(await joinExecSession(ecs, waiting.opened))) {
      throw new ApiError({ code: "MisdirectedRequest", status: 421 }, "Too late");
    }
    return waiting;
  }

  return {
    async upgrade(request, incoming, socket, head) {
      try {
        const id = request.path.slice(dataChannelPrefix.length);
        const isAgent = new URLSearchParams(request.query).get("role") === "agent";
        if (isLeaving) throw new ApiError({ code: "ServiceUnavailable", status: 503 }, "The server stops");
        // Whoever knows no session's id takes no place that a client could have.
        if (!isAgent && !(await isExecSessionIssued(ecs, id))) {
          throw new ApiError({ code: "NotFound", status: 404 }, "There is no such session");
        }
        if (!isAgent && (unknown >= bounds.unknown || relays.size >= bounds.all)) {
          throw new ApiError({ code: "ThrottlingException", status: 429 }, "Too many connections");
        }
        const joined = isAgent ? await admitAgent(id, request) : undefined;
        if (isLeaving) throw new ApiError({ code: "ServiceUnavailable", status: 503 }, "The server stops");
        server.handleUpgrade(incoming, socket, head, (webSocket) => {
          webSocket.on("error", () => webSocket.terminate());
          if (joined) joined.join(webSocket);
          else serveClient(id, webSocket);
        });
      } catch (error) {
        refuseUpgrade(socket, error);
        if (!(error instanceof ApiError)) surroundings.onError(error);
      }
    },
    async [Symbol.asyncDispose]() {
      isLeaving = true;
      const open = [...relays.values()];
      for (const one of open) one.pause();
      await Promise.all(open.map(({ ended }) => ended));
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
