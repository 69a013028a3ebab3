import { readJson } from "./message.ts";

/*
 * The handshake of a data channel, after AWS's published client (session-manager-plugin, `message/handshakemessage.go`): the agent
 * asks the client for actions, the client answers what came of them, and the agent says that the session begins.
 */

/** The version of AWS's SSM agent whose protocol this one speaks. */
const agentVersion = "3.3.40.0";

/** Begins the version of Sealift's own client, which takes the program's exit code as a message. AWS's would print it. */
const ownClient = "sealift";

/** The end of that version where the client has no terminal for the program. */
const withoutTerminal = "-plain";

const succeeded = 1;
const failed = 2;
const unsupported = 3;

/** Asks the client to be a terminal, and before that to make a data key with the KMS key. */
export function handshakeRequest(kmsKeyId?: string): Buffer {
  const encryption = { ActionType: "KMSEncryption", ActionParameters: { KMSKeyId: kmsKeyId } };
  const terminal = {
    ActionType: "SessionType",
    ActionParameters: { SessionType: "InteractiveCommands", Properties: {} },
  };
  const actions = kmsKeyId === undefined ? [terminal] : [encryption, terminal];
  return Buffer.from(JSON.stringify({ AgentVersion: agentVersion, RequestedClientActions: actions }));
}

export interface HandshakeAnswer {
  /** The program is to have no terminal. */
  readonly isPlain?: boolean;
  /** Makes a data key with the KMS key, and gives its ciphertext. */
  makeDataKey?(kmsKeyId: string): Promise<Buffer>;
}

/** Does every action that the agent asks for, if it is one that is known here. */
export async function handshakeResponse(request: Buffer, answer: HandshakeAnswer = {}): Promise<Buffer> {
  const asked = readJson(request).RequestedClientActions;
  const actions = await Promise.all((Array.isArray(asked) ? asked : []).map((action) => processed(action, answer)));
  const errors = actions.flatMap(({ Error: error }) => (error === "" ? [] : error));
  return Buffer.from(
    JSON.stringify({
      ClientVersion: answer.isPlain ? `${ownClient}${withoutTerminal}` : ownClient,
      ProcessedClientActions: actions,
      Errors: errors.length ? errors : null,
    }),
  );
}

interface AskedAction {
  readonly ActionType?: unknown;
  readonly ActionParameters?: { readonly KMSKeyId?: unknown } | null;
}

async function processed(action: AskedAction | null, { makeDataKey }: HandshakeAnswer) {
  const { ActionType, ActionParameters } = action ?? {};
  const done = { ActionType, ActionStatus: succeeded, ActionResult: null, Error: "" };
  if (ActionType === "SessionType") return done;
  if (ActionType !== "KMSEncryption" || !makeDataKey) {
    return { ...done, ActionStatus: unsupported, Error: "Unsupported action" };
  }
  try {
    const key = await makeDataKey(String(ActionParameters?.KMSKeyId));
    return { ...done, ActionResult: { KMSCipherTextKey: key.toString("base64") } };
  } catch (error) {
    const reason = `Failed to process action ${ActionType}: ${error instanceof Error ? error.message : error}`;
    return { ...done, ActionStatus: failed, Error: reason };
  }
}

export interface HandshakeResult {
  readonly isOwnClient: boolean;
  /** The program is to have no terminal. */
  readonly isPlain: boolean;
  /** The ciphertext of the data key, if the client made one. */
  readonly dataKey: Buffer | undefined;
  /** Why the client cannot take part. */
  readonly problem: string | undefined;
}

export function readHandshakeResponse(payload: Buffer): HandshakeResult {
  const { ClientVersion: version, ProcessedClientActions: done, Errors: errors } = readJson(payload);
  const isOwnClient = typeof version === "string" && version.startsWith(ownClient);
  const isPlain = isOwnClient && version.endsWith(withoutTerminal);
  const actions: readonly (DoneAction | null)[] = Array.isArray(done) ? done : [];
  const isDone = actions.length > 0 && actions.every((action) => action?.ActionStatus === succeeded);
  const key = actions.find((action) => action?.ActionType === "KMSEncryption")?.ActionResult?.KMSCipherTextKey;
  const dataKey = typeof key === "string" ? Buffer.from(key, "base64") : undefined;
  const client = { isOwnClient, isPlain, dataKey };
  if (isDone && !(Array.isArray(errors) && errors.length > 0)) return { ...client, problem: undefined };
  // AWS's client writes an error as an object without members.
  const reasons = actions.flatMap((action) => (typeof action?.Error === "string" && action.Error) || []);
  return { ...client, problem: reasons.join("; ") || "The handshake failed" };
}

interface DoneAction {
  readonly ActionType?: unknown;
  readonly ActionStatus?: unknown;
  readonly ActionResult?: { readonly KMSCipherTextKey?: unknown } | null;
  readonly Error?: unknown;
}

/** What the other end has to decrypt, and to encrypt itself, and that. */
export function challenge(data: Buffer): Buffer {
  return Buffer.from(JSON.stringify({ Challenge: data.toString("base64") }));
}

export function readChallenge(payload: Buffer): Buffer {
  const { Challenge: data } = readJson(payload);
  return Buffer.from(typeof data === "string" ? data : "", "base64");
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
