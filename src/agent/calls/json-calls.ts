import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../../clock.ts";
import { defined } from "../../defined.ts";
import { BrokenAnswer, connectTo, type HttpAnswer, type Server } from "./post.ts";
import { type Retries, standardRetries } from "./retries.ts";
import { type SessionCredentials, signCall } from "./sign-call.ts";

/** Where a call goes, and as whom. */
export interface CallPlace {
  readonly endpoint: string;
  readonly region: string;
  readonly session: SessionCredentials;
}

export interface JsonOperation {
  /** The service's signing name. */
  readonly service: string;
  /** `X-Amz-Target`, such as `secretsmanager.GetSecretValue`. */
  readonly target: string;
}

export interface JsonCalls extends Disposable {
  /**
   * Calls an operation of AWS's JSON protocol 1.1. The answer is what came as JSON, whatever that is. Rejects as AWS's SDK does:
   * the error's name is the code, and `$metadata` tells status, request id and attempts; where `signal` ends the call, its name is
   * `AbortError`.
   * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
   */
  call(place: CallPlace, operation: JsonOperation, input: object, signal?: AbortSignal): Promise<unknown>;
}

export interface JsonCallOptions {
  readonly clock: Clock;
  /** Milliseconds that a single attempt may take. */
  readonly requestTimeout: number;
}

interface Host {
  readonly server: Server;
  readonly retries: Retries;
  /** Milliseconds by which the server's clock is ahead of this one. */
  ahead: number;
}

const userAgent = "sealift-agent";

/** Milliseconds by which clocks may differ before a refusal is put down to it, as in AWS's SDK. */
const noticedDifference = 240_000;

/**
 * Calls without the SDK's clients: those cost three times as much of the processor, and a task's start waits for its secrets.
 * Connections stay open and are shared by all sessions.
 */
export function jsonCalls({ clock, requestTimeout }: JsonCallOptions): JsonCalls {
  const hosts = new Map<string, Promise<Host>>();

  async function attempt(host: Host, place: CallPlace, operation: JsonOperation, body: string, signal?: AbortSignal) {
    const { session, region } = place;
    const { service, target } = operation;
    const { server } = host;
    const before = host.ahead;
    const now = new Date(clock.now().getTime() + before);
    const call = { session, region, service, target, body, host: server.host, path: server.path };
    const headers = { ...signCall(call, now), "user-agent": userAgent };
    let answer: HttpAnswer;
    try {
      answer = await server.post(headers, body, { timeout: requestTimeout, signal });
    } catch (error) {
      throw error instanceof BrokenAnswer ? withAnswer(error.cause as Error, error) : error;
    }
    host.ahead = aheadIn(answer.headers, clock) ?? before;
    const parsed = parse(answer);
    if (answer.status < 300) return parsed;
    const clockSkewCorrected = host.ahead !== before && Math.abs(host.ahead) >= noticedDifference;
    throw await serviceError(answer, parsed, clockSkewCorrected);
  }

  return {
    async call(place, operation, input, signal) {
      const host = hosts.get(place.endpoint) ?? open(place.endpoint);
      hosts.set(place.endpoint, host);
      const reached = await host;
      const body = JSON.stringify(input, withTimes);
      return reached.retries(() => attempt(reached, place, operation, body, signal));
    },
    [Symbol.dispose]() {
      for (const host of hosts.values()) {
        void host.then(
          ({ server }) => server[Symbol.dispose](),
          () => {}, // who called it heard
        );
      }
      hosts.clear();
    },
  };
}

/** A time is a number of seconds. */
function withTimes(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const member = this[name];
  return member instanceof Date ? member.getTime() / 1000 : value;
}

async function open(endpoint: string): Promise<Host> {
  return { server: await connectTo(endpoint), retries: standardRetries(), ahead: 0 };
}

function aheadIn({ date, age }: IncomingHttpHeaders, clock: Clock): number | undefined {
  // A cache's answer tells of another time.
  if (date === undefined || age !== undefined) return undefined;
  const ahead = Date.parse(date) - clock.now().getTime();
  return Number.isNaN(ahead) ? undefined : ahead;
}

function parse(answer: HttpAnswer): unknown {
  if (answer.body.length === 0) return {};
  try {
    return JSON.parse(answer.body.toString()) ?? {};
  } catch {
    // Without Node's message, which quotes what may hold a secret.
    throw withAnswer(new SyntaxError("The answer is no JSON"), answer);
  }
}

async function serviceError(answer: HttpAnswer, body: unknown, clockSkewCorrected: boolean): Promise<Error> {
  const { HttpResponse, loadJsonRpcErrorCode } = await import("@smithy/core/protocols");
  const response = new HttpResponse({ statusCode: answer.status, headers: plain(answer.headers) });
  const { message, Message }: Record<string, unknown> = Object(body);
  const error = new Error(String(message ?? Message ?? "UnknownError"));
  error.name = loadJsonRpcErrorCode(response, Object(body)) ?? "Unknown";
  const told = withAnswer(error, answer);
  return clockSkewCorrected ? Object.assign(told, { $metadata: { ...told.$metadata, clockSkewCorrected } }) : told;
}

/** The error with what the answer's head tells, where AWS's SDK has it. */
function withAnswer(error: Error, { status, headers }: Pick<HttpAnswer, "status" | "headers">) {
  const requestId = headers["x-amzn-requestid"] ?? headers["x-amzn-request-id"] ?? headers["x-amz-request-id"];
  return Object.assign(error, {
    $metadata: { httpStatusCode: status, ...defined({ requestId: requestId?.toString() }) },
    $response: { statusCode: status, headers: plain(headers) },
  });
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
