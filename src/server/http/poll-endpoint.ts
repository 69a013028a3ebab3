import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { AcsMessage } from "../../acs/protocol.ts";
import type { CallRecord } from "../../front-door/audit-call.ts";
import type { DispatcherOptions } from "../../front-door/dispatcher.ts";
import { ApiError } from "../../model/api-error.ts";
import type { Access, Call } from "../../model/call.ts";
import { acsSession, pollAccess } from "../../services/ecs/index.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import type { ControlPlane } from "../control-plane.ts";

/** Bytes; the agent's messages are acknowledgements. */
const largestMessage = 64 * 1024;

/** Milliseconds between looks at whether a connected agent may still poll. */
export const authorizationInterval = 30_000;

/** A caller who may poll for an instance. */
interface Admission {
  readonly containerInstance: string;
  isStillAllowed(): Promise<boolean>;
}

export interface PollEndpointOptions {
  readonly plane: ControlPlane;
  readonly authenticate: DispatcherOptions["authenticate"];
  readonly partition: string;
  now(): Date;
  /** For the request and its event. */
  timedId(time: Date): string;
}

/**
 * The WebSocket that agents hold open (`/ws`): signed like any request, and allowed by `ecs:Poll` on the container
 * instance. The returned function takes a handshake over and never rejects.
 */
export function pollEndpoint(options: PollEndpointOptions) {
  const { plane } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const ecs = plane.services.find(({ signingName }) => signingName === "ecs")!;

  async function admit(request: WireRequest): Promise<Admission> {
    if (request.path !== "/ws") throw new ApiError({ code: "NotFound", status: 404 }, "");
    const { principal, region } = await options.authenticate(request, ecs);
    const containerInstance = new URLSearchParams(request.query).get("containerInstanceArn") ?? "";
    const time = options.now();
    const call: Call = {
      requestId: options.timedId(time),
      eventId: options.timedId(time),
      principal,
      account: principal.account,
      region,
      partition: options.partition,
      time,
      sourceIp: request.remoteAddress,
      decisions: [],
      userAgent: request.headers["user-agent"] ?? "",
      host: request.headers.host ?? "",
    };
    const access = await pollAccess(plane.ecs, containerInstance);
    const denial = await plane.authorize(call, access);
    await plane.audit(pollRecord(call, access, denial));
    if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 403 }, denial);
    return {
      containerInstance,
      isStillAllowed: async () => (await plane.authorize({ ...call, time: options.now() }, access)) === undefined,
    };
  }

  return async (request: WireRequest, incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void> => {
    let admission: Admission;
    try {
      admission = await admit(request);
    } catch (error) {
      refuse(socket, error);
      if (!(error instanceof ApiError)) plane.ecs.onError(error);
      return;
    }
    server.handleUpgrade(incoming, socket, head, (connection) => {
      serve(plane, admission, connection).catch((error) => {
        connection.terminate();
        plane.ecs.onError(error);
      });
    });
  };
}

function pollRecord(call: Call, access: Access, denial: string | undefined): CallRecord {
  const { requestId, eventId, time, sourceIp, userAgent } = call;
  return {
    ...{ requestId, eventId, time, sourceIp, userAgent, call },
    ...{ service: "ecs", operation: "Poll", accessKeyId: undefined, accesses: [access] },
    ...(denial !== undefined && { error: { code: "AccessDeniedException", message: denial } }),
  };
}

function refuse(socket: Socket, error: unknown): void {
  const known = error instanceof ApiError ? error : new ApiError({ code: "InternalFailure", status: 500 }, "");
  const body = JSON.stringify({ __type: known.shape, message: known.message });
  const status = `${known.jsonStatus} ${known.jsonStatus === 404 ? "Not Found" : known.shape}`;
  socket.write(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  // Not only this side's end: a client that keeps its own open would keep the connection.
  socket.destroySoon();
}

async function serve(
  { ecs }: ControlPlane,
  { containerInstance, isStillAllowed }: Admission,
  connection: WebSocket,
): Promise<void> {
  const early: AcsMessage[] = [];
  let receive = (message: AcsMessage): void => void early.push(message);
  const closed = new Promise<void>((resolve) => connection.once("close", () => resolve()));
  connection.on("error", () => connection.terminate());
  connection.on("message", (data) => {
    const message = readMessage(String(data));
    if (message) receive(message);
    else connection.close(unsupportedData, "Cannot read the message");
  });
  const session = await acsSession(ecs, containerInstance, {
    send: (message) => connection.send(JSON.stringify(message)),
    close: () => connection.close(),
  });
  if (!session) return connection.close(policyViolation, "The container instance is not registered");
  // A connection may last for months: what is taken away from its role or user ends it.
  const stopAsking = ecs.timers.every(authorizationInterval, () => {
    isStillAllowed().then(
      (allowed) => allowed || connection.close(policyViolation, "The container instance may not poll any more"),
      ecs.onError,
    );
  });
  receive = session.receive;
  for (const message of early) session.receive(message);
  await closed;
  stopAsking();
  await session.closed();
}

/** WebSocket close codes. */
const unsupportedData = 1003;
const policyViolation = 1008;

function readMessage(text: string): AcsMessage | undefined {
  try {
    const message = JSON.parse(text) as AcsMessage;
    const isMessage =
      typeof message?.type === "string" && typeof message.message === "object" && message.message !== null;
    return isMessage ? message : undefined;
  } catch {
    return undefined;
  }
}
