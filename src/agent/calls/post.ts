import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage, RequestOptions } from "node:http";
import type { Agent as SecureAgent } from "node:https";

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The answer ended before it was complete. */
export class BrokenAnswer extends Error {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;

  constructor(cause: Error, { statusCode = 0, headers }: IncomingMessage) {
    super("The answer broke off", { cause });
    this.status = statusCode;
    this.headers = headers;
  }
}

/** A server, and the connections to it, which stay open. */
export interface Server extends Disposable {
  /** With the port, where it is not the protocol's own. */
  readonly host: string;
  /** Of the endpoint; encoded. */
  readonly path: string;
  /**
   * Rejects with a `TimeoutError` after `timeout` milliseconds, with a `BrokenAnswer` where the answer began but did not end,
   * with an `AbortError` where `signal` ended it, otherwise with Node's error.
   */
  post(headers: Readonly<Record<string, string>>, body: string, limits: Limits): Promise<HttpAnswer>;
}

export interface Limits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Connections at once, as in AWS's SDK. */
const usualConnections = 50;

/** How Node tells of a connection that ended meanwhile. AWS's SDK counts them among the timeouts. */
const endedCodes = ["ECONNRESET", "EPIPE", "ETIMEDOUT"];

/** Errors of a call that was given up here. */
const ends = ["TimeoutError", "AbortError"];

export async function connectTo(endpoint: string, maxSockets = usualConnections): Promise<Server> {
  const { protocol, hostname, host, port, pathname: path } = new URL(endpoint);
  const { request, Agent } = await clientOf(protocol);
  const agent = new Agent({ keepAlive: true, maxSockets });
  const to: RequestOptions = {
    ...{ agent: agent as Agent, method: "POST", host: hostname.replace(/^\[|\]$/g, ""), path },
    ...(port !== "" && { port }),
  };
  return {
    host,
    path,
    post: (headers, body, { timeout, signal }) =>
      new Promise((resolve, reject) => {
        const length = String(Buffer.byteLength(body));
        const sent = request({ ...to, headers: { ...headers, "content-length": length }, signal }, read);
        const late = setTimeout(() => sent.destroy(timeoutError(timeout)), timeout);
        const fail = (error: Error) => {
          clearTimeout(late);
          reject(error);
        };
        sent.on("error", (error) => fail(named(error)));
        sent.end(body);

        function read(answer: IncomingMessage): void {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", (error) => fail(ends.includes(error.name) ? error : new BrokenAnswer(error, answer)));
          answer.on("end", () => {
            clearTimeout(late);
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) });
          });
        }
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

interface Client {
  request(options: RequestOptions, onAnswer: (answer: IncomingMessage) => void): ClientRequest;
  readonly Agent: typeof Agent | typeof SecureAgent;
}

function clientOf(protocol: string): Promise<Client> {
  return protocol === "https:" ? import("node:https") : import("node:http");
}

function timeoutError(milliseconds: number): Error {
  return Object.assign(new Error(`No answer within ${milliseconds} ms`), { name: "TimeoutError" });
}

function named(error: Error & { readonly code?: string }): Error {
  return endedCodes.includes(error.code ?? "") ? Object.assign(error, { name: "TimeoutError" }) : error;
}
