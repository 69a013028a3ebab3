import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Log } from "../../log.ts";
import type { AgentTask } from "../engine/task.ts";
import type { Endpoints } from "../link/endpoints.ts";
import { batchMarks, type LogBatch, marksHeader } from "../output/batch-marks.ts";
import type { TaskMaskers } from "../output/task-maskers.ts";

/** Where log drivers deliver output that may show secret values: the path's rest is the id of the execution role's session. */
export const deliveryPrefix = "/logs/";

/** Bytes of a request: a batch of CloudWatch Logs has 1 MiB of messages at most, and JSON may double them. */
const largestBody = 4 * 1024 * 1024;

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
  const marks = batchMarks(maskers);

  async function marksOf(task: AgentTask, body: Buffer, call: string | undefined): Promise<string | undefined> {
    const batch = batchIn(body);
    return batch && marks(task, batch, call);
  }

  async function deliver(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const tooLarge = Number(incoming.headers["content-length"] ?? 0) > largestBody;
    if (tooLarge) return end(response, 413);
    const body = await buffer(incoming);
    const id = incoming.url?.slice(deliveryPrefix.length).replace(/[/?].*$/s, "");
    const task = tasks().find(({ credentialsIds }) => credentialsIds?.execution === id);
    const isPut = incoming.headers["x-amz-target"] === "Logs_20140328.PutLogEvents";
    const call = incoming.headers["amz-sdk-invocation-id"]?.toString();
    const shown = isPut && task ? await marksOf(task, body, call) : undefined;
    const { [marksHeader]: _, ...given } = incoming.headers;
    await handOn(
      endpoints,
      incoming,
      { ...given, ...(shown !== undefined && { [marksHeader]: shown }) },
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
