import { ApiError } from "./api-error.ts";
import type { AccessDecision, Authorize, Call, Principal } from "./call.ts";
import type { Accesses } from "./operation.ts";
import type { WireRequest, WireResponse } from "./protocol.ts";
import type { BoundOperation, Service } from "./service.ts";
import { serviceFinder } from "./service-finder.ts";
import { targetOf } from "./target.ts";
import { answerUnserved } from "./unserved.ts";

/** What a signature proves. */
export interface Identity {
  readonly principal: Principal;
  readonly region: string;
}

export interface DispatcherOptions {
  readonly services: readonly Service[];
  readonly partition: string;
  /** Proves who signed; throws an `ApiError` worded for the service's protocol. */
  authenticate(request: WireRequest, service: Service): Promise<Identity>;
  readonly authorize: Authorize;
  /** What a denied caller can have decoded; a header of the answer. */
  encodeDenial?(principal: Principal, decision: AccessDecision): string | undefined;
  now(): Date;
  requestId(): string;
  /** Whether an error says that the request held text which storage cannot hold, and so is the request's fault. */
  isUnstorable?(error: unknown): boolean;
  /** Told once of each request when it is answered. Must not throw. */
  onAnswer(record: RequestRecord): void;
}

/** One request as the log shows it: never its input or output. */
export interface RequestRecord {
  readonly requestId: string;
  readonly service: string;
  readonly operation: string | undefined;
  readonly principal: string | undefined;
  readonly status: number;
  readonly error: string | undefined;
  /** What went wrong on this side, where the client is not told. */
  readonly cause: unknown;
  readonly milliseconds: number;
}

export type Dispatch = (request: WireRequest) => Promise<WireResponse>;

/**
 * The one path of every API request: authenticate, find, decode, violations, authorise, run, encode.
 * Never rejects: what is not an `ApiError` is answered as `InternalFailure` with its text withheld.
 */
export function dispatcher(options: DispatcherOptions): Dispatch {
  const find = serviceFinder(options.services);
  return async (request) => {
    const started = options.now();
    const requestId = options.requestId();
    const service = find(request);
    if (typeof service === "string") {
      const { error, ...response } = answerUnserved(service, options.services, request, requestId);
      const { status } = response;
      options.onAnswer({ ...nobody, requestId, service, status, error, milliseconds: elapsed(options, started) });
      return response;
    }
    const seen: { operation?: string; principal?: string; call?: Call } = {};
    let status = 200;
    let body: string;
    let failure: ApiError | undefined;
    let cause: unknown;
    try {
      body = await answer(options, service, request, requestId, started, seen);
    } catch (error) {
      failure = error instanceof ApiError ? error : wordedFailure(options, service, error);
      if (failure.shape === "InternalFailure") cause = error ?? new Error("Something that is no error was thrown");
      ({ status, body } = service.protocol.encodeError(failure, requestId));
    }
    options.onAnswer({
      requestId,
      service: service.signingName,
      operation: seen.operation,
      principal: seen.principal,
      status,
      error: failure?.shape,
      cause,
      milliseconds: elapsed(options, started),
    });
    return {
      status,
      headers: {
        "content-type": service.protocol.contentType,
        "x-amzn-requestid": requestId,
        ...(failure && seen.call && denialHeader(options, seen.call)),
      },
      body,
    };
  };
}

/** What was decided last has failed the request, if it was a denial. */
function denialHeader({ encodeDenial }: DispatcherOptions, { principal, decisions }: Call): Record<string, string> {
  const decision = decisions.at(-1);
  if (decision === undefined || decision.effect === "allow") return {};
  const message = encodeDenial?.(principal, decision);
  return message === undefined ? {} : { "x-sealift-authorization-message": message };
}

const nobody = { operation: undefined, principal: undefined, cause: undefined };

function elapsed(options: DispatcherOptions, started: Date): number {
  return options.now().getTime() - started.getTime();
}

function wordedFailure({ isUnstorable }: DispatcherOptions, service: Service, error: unknown): ApiError {
  if (!isUnstorable?.(error)) return new ApiError({ code: "InternalFailure", status: 500 }, "");
  return new ApiError(service.violation, "1 validation error detected: Invalid character U+0000 in a String");
}

async function answer(
  options: DispatcherOptions,
  service: Service,
  request: WireRequest,
  requestId: string,
  time: Date,
  seen: { operation?: string; principal?: string; call?: Call },
): Promise<string> {
  const identity = await options.authenticate(request, service);
  seen.principal = identity.principal.arn;
  const name = operationName(service, request);
  if (name !== undefined) seen.operation = name;
  const operations = service.loaded ?? (await service.load());
  const bound = name === undefined ? undefined : operations.find(name);
  if (!bound) throw service.protocol.unknownOperation(name, name !== undefined && operations.exists(name));
  const input = (await service.protocol.decode(bound.operation.schema, request)) as never;
  refuseViolations(service, bound, input);
  const call: Call = {
    requestId,
    principal: identity.principal,
    account: identity.principal.account,
    region: identity.region,
    partition: options.partition,
    time,
    sourceIp: request.remoteAddress,
    decisions: [],
    userAgent: request.headers["user-agent"] ?? "",
    host: request.headers.host ?? "",
  };
  seen.call = call;
  const { access } = bound.operation;
  if (access !== "authenticated") {
    await refuseDenied(options, service, call, await access(input, call, bound.context));
  }
  const output = await bound.operation.run(input, bound.context, call);
  return service.protocol.encode(bound.operation.schema, output, requestId);
}

/** `undefined` where the request names none of this service: the target's prefix is another's, or the path a resource's. */
function operationName({ protocol, targetPrefix }: Service, request: WireRequest): string | undefined {
  if (request.path !== "/") return undefined;
  if (targetPrefix !== undefined && targetOf(request)?.prefix !== targetPrefix) return undefined;
  return protocol.operationName(request);
}

function refuseViolations(service: Service, bound: BoundOperation, input: unknown): void {
  const found: string[] = [];
  bound.check(input, "", found);
  if (found.length === 0) return;
  const count = `${found.length} validation error${found.length > 1 ? "s" : ""} detected`;
  throw new ApiError(service.violation, `${count}: ${found.join("; ")}`);
}

async function refuseDenied(options: DispatcherOptions, service: Service, call: Call, accesses: Accesses) {
  for (const access of Array.isArray(accesses) ? accesses : [accesses]) {
    const denial = await options.authorize(call, access);
    if (denial !== undefined) throw new ApiError(service.protocol.accessDenied, denial);
  }
}
