import { Readable } from "node:stream";
import type { Clock } from "../../src/clock.ts";
import { defined } from "../../src/defined.ts";
import type { AuditCall } from "../../src/front-door/audit-call.ts";
import { type DispatcherOptions, dispatcher } from "../../src/front-door/dispatcher.ts";
import { newCall } from "../../src/front-door/new-call.ts";
import type { Service } from "../../src/front-door/service.ts";
import { randomIds } from "../../src/ids.ts";
import type { Authorize, Call, Principal } from "../../src/model/call.ts";
import { isUnstorable } from "../../src/storage/postgres.ts";

export const testAccount = "111122223333";
export const testRegion = "us-east-1";

export const rootPrincipal: Principal = {
  kind: "root",
  arn: `arn:aws:iam::${testAccount}:root`,
  account: testAccount,
  userId: testAccount,
  accessKeyId: "AKIATESTROOT",
};

/** A call, for tests below the wire. */
export function testCall(clock: Clock, principal: Principal = rootPrincipal, region: string = testRegion): Call {
  const [requestId, eventId] = [randomIds.uuid(), randomIds.uuid()];
  const parts = { requestId, eventId, time: clock.now(), principal, region, partition: "aws" };
  return newCall({ headers: { host: "localhost" }, remoteAddress: "127.0.0.1" }, parts);
}

export interface InProcessOptions {
  readonly clock: Clock;
  /** The caller; the root user unless given. It is read at each request, so that a test may change it. */
  readonly principal?: () => Principal;
  /** Allows everything unless given. */
  readonly authorize?: Authorize;
  readonly encodeDenial?: DispatcherOptions["encodeDenial"];
  /** Writes the audit trail. There is none unless given. */
  readonly audit?: AuditCall;
}

/**
 * Configuration for a real SDK client whose requests go through the dispatcher in this process: with the wire, without a
 * socket. Signatures are not verified.
 */
export function inProcess(services: readonly Service[], options: InProcessOptions) {
  const failures: unknown[] = [];
  const dispatch = dispatcher({
    services,
    partition: "aws",
    authenticate: async (request) => ({
      principal: options.principal?.() ?? rootPrincipal,
      region: /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? testRegion,
    }),
    authorize: options.authorize ?? (async () => undefined),
    ...defined({ encodeDenial: options.encodeDenial }),
    now: () => options.clock.now(),
    requestId: () => randomIds.uuid(),
    eventId: (time) => randomIds.timedUuid(time),
    audit: options.audit ?? (() => undefined),
    isUnstorable,
    onAnswer: (record) => {
      if (record.cause !== undefined) failures.push(record.cause);
    },
  });
  return {
    /** The causes of InternalFailure answers. */
    failures,
    region: testRegion,
    credentials: { accessKeyId: "AKIATESTROOT", secretAccessKey: "secret" },
    maxAttempts: 1,
    signerConstructor: NoSigner,
    // What is not given, each client looks for in the environment and in files.
    ...({ retryMode: "standard", defaultsMode: "standard", userAgentAppId: "test" } as const),
    ...{ authSchemePreference: [], useDualstackEndpoint: false, useFipsEndpoint: false },
    requestHandler: {
      async handle(request: SdkRequest) {
        const query = new URLSearchParams(
          Object.entries(request.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
        ).toString();
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const answer = await dispatch({
          method: request.method,
          path: request.path,
          query,
          headers,
          body: bytesOf(request.body ?? ""),
          remoteAddress: "127.0.0.1",
        });
        const cause = failures.shift();
        if (cause !== undefined) throw new Error("The operation failed internally", { cause });
        const { body: answered } = answer;
        const isWhole = typeof answered === "string" || Buffer.isBuffer(answered);
        const body = Readable.from(isWhole ? [answered] : answered, { objectMode: false });
        return { response: { statusCode: answer.status, headers: answer.headers, body, reason: "" } };
      },
      // biome-ignore lint/suspicious/noExplicitAny: each SDK client types its own handler
    } as any,
  };
}

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, unknown>;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

interface SigningScope {
  readonly service: string;
  readonly region: string | (() => Promise<string>);
}

/** Names the caller, and saves the tests the twentieth of their time that signatures take which nobody looks at. */
class NoSigner {
  readonly #scope: SigningScope;

  constructor(scope: SigningScope) {
    this.#scope = scope;
  }

  async sign<Request extends Pick<SdkRequest, "headers">>(
    request: Request,
    options: { readonly signingRegion?: string; readonly signingService?: string } = {},
  ): Promise<Request> {
    const own = this.#scope.region;
    const region = options.signingRegion ?? (typeof own === "string" ? own : await own());
    const scope = `20260101/${region}/${options.signingService ?? this.#scope.service}/aws4_request`;
    request.headers.authorization = `AWS4-HMAC-SHA256 Credential=AKIATESTROOT/${scope}, SignedHeaders=host, Signature=0`;
    return request;
  }
}

/** The SDK's byte arrays must not be converted as text. */
function bytesOf(body: string | Uint8Array): Buffer {
  return typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
