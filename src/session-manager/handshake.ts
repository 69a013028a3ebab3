import { readJson } from "./message.ts";

/*
 * The handshake of a data channel, after AWS's published client (session-manager-plugin, `message/handshakemessage.go`): the agent
 * asks the client for actions, the client answers what came of them, and the agent says that the session begins.
 */

/** The version of AWS's SSM agent whose protocol this one speaks. */
const agentVersion = "3.3.40.0";

/** Begins the version of Sealift's own client, which takes the program's exit code as a message. AWS's would print it. */
const ownClient = "sealift";

const succeeded = 1;

/** Asks the client to be a terminal. */
export function handshakeRequest(): Buffer {
  const action = {
    ActionType: "SessionType",
    ActionParameters: { SessionType: "InteractiveCommands", Properties: {} },
  };
  return Buffer.from(JSON.stringify({ AgentVersion: agentVersion, RequestedClientActions: [action] }));
}

/** Does every action that the agent asks for, if it is the one that is known here. */
export function handshakeResponse(request: Buffer): Buffer {
  const asked = readJson(request).RequestedClientActions;
  const actions = (Array.isArray(asked) ? asked : []).map((action: { readonly ActionType?: unknown }) =>
    action.ActionType === "SessionType"
      ? { ActionType: action.ActionType, ActionStatus: succeeded, ActionResult: null, Error: "" }
      : { ActionType: action.ActionType, ActionStatus: 3, ActionResult: null, Error: "Unsupported action" },
  );
  const errors = actions.flatMap(({ Error: error }) => (error === "" ? [] : error));
  return Buffer.from(
    JSON.stringify({
      ClientVersion: ownClient,
      ProcessedClientActions: actions,
      Errors: errors.length ? errors : null,
    }),
  );
}

export interface HandshakeResult {
  readonly isOwnClient: boolean;
  /** Why the client cannot take part. */
  readonly problem: string | undefined;
}

export function readHandshakeResponse(payload: Buffer): HandshakeResult {
  const { ClientVersion: version, ProcessedClientActions: processed, Errors: errors } = readJson(payload);
  const isOwnClient = typeof version === "string" && version.startsWith(ownClient);
  const isDone =
    Array.isArray(processed) &&
    processed.length > 0 &&
    processed.every((action: { readonly ActionStatus?: unknown } | null) => action?.ActionStatus === succeeded);
  if (isDone && !(Array.isArray(errors) && errors.length > 0)) return { isOwnClient, problem: undefined };
  return { isOwnClient, problem: Array.isArray(errors) ? errors.map(String).join("; ") : "The handshake failed" };
}

/** `message` is shown to the user, if it is not empty. */
export function handshakeComplete(milliseconds: number, message: string): Buffer {
  // Go's durations are nanoseconds.
  const content = { HandshakeTimeToComplete: Math.round(milliseconds * 1e6), CustomerMessage: message };
  return Buffer.from(JSON.stringify(content));
}

export function customerMessage(complete: Buffer): string {
  const message = readJson(complete).CustomerMessage;
  return typeof message === "string" ? message : "";
}

/** The first message of a client on its WebSocket, as text. */
export function openDataChannel(token: string, requestId: string, clientId: string): string {
  return JSON.stringify({
    MessageSchemaVersion: "1.0",
    RequestId: requestId,
    TokenValue: token,
    ClientId: clientId,
    ClientVersion: ownClient,
  });
}

/** The token of a client's first message; `undefined` if there is none. */
export function tokenIn(text: string): string | undefined {
  const token = readJson(text).TokenValue;
  return typeof token === "string" ? token : undefined;
}

/** A terminal's size. Either may be 0 where the client has no terminal. */
export interface ChannelSize {
  readonly cols: number;
  readonly rows: number;
}

/** `undefined` for what is no size of a terminal. */
export function readSize(payload: Buffer): ChannelSize | undefined {
  const { cols, rows } = readJson(payload);
  const isLength = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536;
  return isLength(cols) && isLength(rows) ? { cols, rows } : undefined;
}

export function writeSize(size: ChannelSize): Buffer {
  return Buffer.from(JSON.stringify(size));
}
