import { ApiError } from "../model/api-error.ts";
import type { Access, AccessDecision, Authorize, Call, Principal } from "../model/call.ts";
import { accessesOf } from "../model/operation.ts";
import type { Violation } from "../model/violations.ts";
import { eventStreamType } from "../wire/event-stream.ts";
import type { WireRequest, WireResponse } from "../wire/protocol.ts";
import { targetOf } from "../wire/target.ts";
import type { AuditCall, CallRecord } from "./audit-call.ts";
import { newCall } from "./new-call.ts";
import type { BoundOperation, Service } from "./service.ts";
import { credentialOf, serviceFinder } from "./service-finder.ts";
import { answerUnserved } from "./unserved.ts";

/** The caller and Region that a signature proves. */
export interface Identity {
  readonly principal: Principal;
  readonly region: string;
}

export interface DispatcherOptions {
  readonly services: readonly Service[];
  readonly partition: string;
  /** Verifies who signed. Throws an `ApiError` worded for the service's protocol. */
  authenticate(request: WireRequest, service: Service): Promise<Identity>;
  readonly authorize: Authorize;
  /** Encodes a denial, for a header of the answer. DecodeAuthorizationMessage decodes it. */
  encodeDenial?(principal: Principal, decision: AccessDecision): string | undefined;
  now(): Date;
  /** Makes the id of a request that arrived at `time`. */
  requestId(time: Date): string;
  eventId(time: Date): string;
  /** Writes every request to the audit trail before it is answered. */
  readonly audit: AuditCall;
  /** True if storage cannot hold some text of the request. The client is at fault then. */
  isUnstorable?(error: unknown): boolean;
  /** Called once for each answered request. Must not throw. */
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
  /** The internal failure, which the client does not get to see. */
  readonly cause: unknown;
  readonly milliseconds: number;
}

export type Dispatch = (request: WireRequest) => Promise<WireResponse>;

/** The record of a request that is being answered. */
type Seen = { -readonly [Key in keyof CallRecord]: CallRecord[Key] };

/**
 * The one path of every API request: authenticate, find, decode, violations, authorise, run, encode, audit.
 * Never rejects: an error that is not an `ApiError` is answered as `InternalFailure` without its text.
 */
export function dispatcher(options: DispatcherOptions): Dispatch {
  const find = serviceFinder(options.services);
  return async (request) => {
    const started = options.now();
    const requestId = options.requestId(started);
    const service = find(request);
    const seen: Seen = {
      requestId,
      eventId: options.eventId(started),
      time: started,
      service: typeof service === "string" ? service : service.signingName,
      operation: undefined,
      sourceIp: request.remoteAddress,
      userAgent: request.headers["user-agent"] ?? "",
      accessKeyId: undefined,
      accesses: [],
    };
    if (typeof service === "string") {
      const { error, message, ...response } = answerUnserved(service, options.services, request, requestId);
      const { status } = response;
      const operation = targetOf(request)?.operation;
      const accessKeyId = credentialOf(request)?.[0];
      await options.audit({ ...seen, operation, accessKeyId, error: { code: error, message } });
      options.onAnswer({ ...nobody, requestId, service, status, error, milliseconds: elapsed(options, started) });
      return response;
    }
    let status = 200;
    let body: WireResponse["body"];
    let errorHeaders: WireResponse["headers"] | undefined;
    let failure: ApiError | undefined;
    let cause: unknown;
    try {
      body = await answer(options, service, request, seen);
      await audited(options, seen);
    } catch (error) {
      failure = error instanceof ApiError ? error : wordedFailure(options, service, error);
      if (failure.shape === "InternalFailure" || error instanceof AuditFailure)
        cause = error ?? new Error("Something was thrown that is not an error");
      ({ status, body, headers: errorHeaders } = service.protocol.encodeError(failure, requestId));
    }
    if (failure !== undefined && seen.output === undefined) {
      const operation = seen.call ? seen.operation : operationName(service, request);
      const error = { code: failure.shape, message: failure.message };
      await options.audit({ ...seen, operation, accessKeyId: credentialOf(request)?.[0], error });
    }
    options.onAnswer({
      requestId,
      service: service.signingName,
      operation: seen.operation,
      principal: seen.call?.principal.arn,
      status,
      error: failure?.shape,
      cause,
      milliseconds: elapsed(options, started),
    });
    return {
      status,
      headers: {
        "content-type": isStream(body) ? eventStreamType : service.protocol.contentType,
        "x-amzn-requestid": requestId,
        ...errorHeaders,
        ...seen.call?.answerHeaders,
        ...(failure && seen.call && denialHeader(options, seen.call)),
      },
      body,
    };
  };
}

/** If the last decision was a denial, it failed the request. */
function denialHeader({ encodeDenial }: DispatcherOptions, { principal, decisions }: Call): Record<string, string> {
  const decision = decisions.at(-1);
  if (decision === undefined || decision.effect === "allow") return {};
  const message = encodeDenial?.(principal, decision);
  return message === undefined ? {} : { "x-sealift-authorization-message": message };
}

function isStream(body: WireResponse["body"]): boolean {
  return typeof body !== "string" && !Buffer.isBuffer(body);
}

const nobody = { operation: undefined, principal: undefined, cause: undefined };

function elapsed(options: DispatcherOptions, started: Date): number {
  return options.now().getTime() - started.getTime();
}

function wordedFailure({ isUnstorable }: DispatcherOptions, service: Service, error: unknown): ApiError {
  if (error instanceof AuditFailure) return new ApiError({ code: "ServiceUnavailable", status: 503 }, "");
  if (!isUnstorable?.(error)) return new ApiError({ code: "InternalFailure", status: 500 }, "");
  return new ApiError(service.violation, "1 validation error detected: Invalid character U+0000 in a String");
}

async function answer(
  options: DispatcherOptions,
  service: Service,
  request: WireRequest,
  seen: Seen,
): Promise<WireResponse["body"]> {
  const { principal, region } = await options.authenticate(request, service);
  const name = operationName(service, request);
  seen.operation = name;
  const { requestId, eventId, time } = seen;
  const call = newCall(request, { requestId, eventId, time, principal, region, partition: options.partition });
  seen.call = call;
  const operations = service.loaded ?? (await service.load());
  const bound = name === undefined ? undefined : (operations.find(name) ?? (await operations.load(name)));
  if (!bound) throw service.protocol.unknownOperation(name, name !== undefined && operations.exists(name));
  const { operation, context } = bound;
  const { schema } = operation;
  seen.schema = schema;
  const input = (await service.protocol.decode(schema, request)) as never;
  seen.input = input;
  refuseViolations(service, bound, input);
  const found = (await operation.find(input, call, context)) as never;
  seen.accesses = accessesOf(service.signingName, operation, found, input, call);
  await refuseDenied(options, service, call, seen.accesses);
  const output = await operation.run(found, input, context, call);
  const body = service.protocol.encode(schema, output, requestId);
  seen.output = output;
  return body;
}

/** The call is not in the audit trail, so its answer must not be sent. */
class AuditFailure extends Error {}

async function audited({ audit }: DispatcherOptions, record: CallRecord): Promise<void> {
  try {
    await audit(record);
  } catch (cause) {
    throw new AuditFailure("Cannot write the call to the audit trail", { cause });
  }
}

/** `undefined` if the request names no operation of this service: another service's target, or another path than its own. */
function operationName(
  { protocol, targetPrefix, pathPrefix, paths }: Service,
  request: WireRequest,
): string | undefined {
  const { path } = request;
  if (paths !== undefined) return protocol.operationName(request);
  if (path !== "/" && !(pathPrefix !== undefined && path.startsWith(pathPrefix))) return undefined;
  if (targetPrefix !== undefined && targetOf(request)?.prefix !== targetPrefix) return undefined;
  return protocol.operationName(request);
}

function refuseViolations({ violation }: Service, bound: BoundOperation, input: unknown): void {
  const found: Violation[] = [];
  bound.check(input, "", found);
  if (found.length === 0) return;
  const own = found.map((broken) => violation.wording?.(broken));
  const others = found.filter((_broken, index) => own[index] === undefined);
  const count = `${others.length} validation error${others.length > 1 ? "s" : ""} detected`;
  const [first = ""] = own;
  const messages = others.map(({ message }) => message);
  throw new ApiError(violation, others.length > 0 ? `${count}: ${messages.join("; ")}` : first);
}

async function refuseDenied(
  options: DispatcherOptions,
  service: Service,
  call: Call,
  accesses: readonly Access[],
): Promise<void> {
  for (const access of accesses) {
    const denial = await options.authorize(call, access);
    if (denial !== undefined) throw new ApiError(service.protocol.accessDenied, denial);
  }
}
