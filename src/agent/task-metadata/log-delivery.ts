import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Log } from "../../log.ts";
import { type LineMasker, type Span, writeMarks } from "../../masking/index.ts";
import type { AgentTask } from "../engine/task.ts";
import type { Endpoints } from "../link/endpoints.ts";
import type { TaskMaskers } from "../output/task-maskers.ts";

/** Where log drivers deliver output that may show secret values: the path's rest is the id of the execution role's session. */
export const deliveryPrefix = "/logs/";

/** The header that says where; see `services/logs/events/masking.ts`. */
const marksHeader = "x-sealift-masks";

/** Bytes of a request: a batch of CloudWatch Logs has 1 MiB of messages at most, and JSON may double them. */
const largestBody = 4 * 1024 * 1024;

/** Bytes from which on an event of Docker's driver is only a part of a line. It cuts between characters. */
const cutFrom = 262_144 - 26 - 3;

/** Streams whose last line is remembered. */
const mostStreams = 1_000;

export interface LogDeliveryOptions {
  readonly endpoints: Pick<Endpoints, "current" | "failed">;
  readonly maskers: TaskMaskers;
  readonly log: Log;
  tasks(): readonly AgentTask[];
}

/** Hands a request of a log driver on to the control plane, and the answer back. Never rejects. */
export type LogDelivery = (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Adds to a batch of a task's output where it shows the task's secret values. The message itself stays as it is. Who knows the path
 * may ask for the session of the task's execution role, and so can learn nothing from this by trying values.
 */
export function logDelivery({ endpoints, tasks, maskers, log }: LogDeliveryOptions): LogDelivery {
  /** By task and stream, where the batch before it ended. */
  const lines = new Map<string, { readonly masker: object; readonly line: LineMasker<number> }>();

  async function marksOf(task: AgentTask, body: Buffer): Promise<string | undefined> {
    const masker = await maskers.of(task);
    if (masker === "unknown") return undefined;
    const batch = batchIn(body);
    if (!batch || masker === "none") return batch && writeMarks(batch.messages.map(() => []));
    const key = `${task.arn} ${batch.stream}`;
    const known = lines.get(key);
    const line = known?.masker === masker ? known.line : masker.lines<number>();
    lines.delete(key);
    lines.set(key, { masker, line });
    for (const oldest of lines.keys()) {
      if (lines.size <= mostStreams) break;
      lines.delete(oldest);
    }
    return writeMarks(search(line, batch.messages));
  }

  async function deliver(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const tooLarge = Number(incoming.headers["content-length"] ?? 0) > largestBody;
    if (tooLarge) return end(response, 413);
    const body = await buffer(incoming);
    const id = incoming.url?.slice(deliveryPrefix.length).replace(/[/?].*$/s, "");
    const task = tasks().find(({ credentialsIds }) => credentialsIds?.execution === id);
    const isPut = incoming.headers["x-amz-target"] === "Logs_20140328.PutLogEvents";
    const marks = isPut && task ? await marksOf(task, body) : undefined;
    const { [marksHeader]: _, ...given } = incoming.headers;
    await handOn(
      endpoints,
      incoming,
      { ...given, ...(marks !== undefined && { [marksHeader]: marks }) },
      body,
      response,
    );
  }

  return (incoming, response) =>
    deliver(incoming, response).catch((error: unknown) => {
      // The driver went away, or sends again what was not answered.
      log.debug({ err: error }, "Cannot hand on a container's output");
      if (response.headersSent) response.destroy();
      else end(response, 503);
    });
}

function end(response: ServerResponse, status: number): void {
  response.shouldKeepAlive = false;
  response.writeHead(status, { "Content-Length": 0 }).end();
}

interface LogBatch {
  readonly stream: string;
  readonly messages: readonly string[];
}

/** The batch of a PutLogEvents; `undefined` where the control plane will refuse it. */
function batchIn(body: Buffer): LogBatch | undefined {
  try {
    const { logGroupName, logStreamName, logEvents }: Record<string, unknown> = Object(JSON.parse(body.toString()));
    if (!Array.isArray(logEvents)) return undefined;
    const messages = logEvents.map((event: unknown): unknown => Object(event).message);
    const areTexts = (all: unknown[]): all is string[] => all.every((message) => typeof message === "string");
    return areTexts(messages) ? { stream: `${logGroupName} ${logStreamName}`, messages } : undefined;
  } catch {
    return undefined;
  }
}

/** Where each of the messages shows a value, in bytes. A message has several lines where the driver puts them together. */
function search(line: LineMasker<number>, messages: readonly string[]): readonly (readonly Span[])[] {
  const found = messages.map((): Span[] => []);
  const starts: { readonly message: number; readonly start: number }[] = [];
  const take = (settled: ReturnType<LineMasker<number>["flush"]>) => {
    for (const { item, spans } of settled) {
      const { message = 0, start: from = 0 } = starts[item] ?? {};
      for (const { start, length } of spans) found[message]?.push({ start: from + start, length });
    }
  };
  for (const [message, text] of messages.entries()) {
    const isCut = Buffer.byteLength(text) >= cutFrom;
    const parts = text.split("\n");
    let start = 0;
    for (const [number, part] of parts.entries()) {
      const data = Buffer.from(part);
      take(line.push(starts.push({ message, start }) - 1, data, isCut && number === parts.length - 1));
      start += data.length + 1;
    }
  }
  // The batch goes on now, and what comes after it is not known.
  take(line.flush("pause"));
  return found;
}

async function handOn(
  endpoints: LogDeliveryOptions["endpoints"],
  incoming: IncomingMessage,
  headers: IncomingHttpHeaders,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const endpoint = endpoints.current();
  if (endpoint === undefined) return end(response, 503);
  const { protocol, hostname, port } = new URL(endpoint);
  const { request } = process.getBuiltinModule(protocol === "https:" ? "node:https" : "node:http");
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    // The request is signed with the path and the host that the driver knows.
    const { method, url: path } = incoming;
    const options = { host: hostname.replace(/^\[(.*)\]$/, "$1"), port, method, path, headers, servername: hostname };
    const outgoing = request({ ...options, agent: false }, resolve);
    outgoing.on("error", (error) => {
      endpoints.failed(endpoint);
      reject(error);
    });
    incoming.socket.once("close", () => outgoing.destroy());
    outgoing.end(body);
  });
  const { connection: _, "keep-alive": __, "transfer-encoding": ___, ...answered } = answer.headers;
  const text = await buffer(answer);
  response.shouldKeepAlive = false;
  response.writeHead(answer.statusCode ?? 502, { ...answered, "content-length": text.length }).end(text);
}
