import { ApiError } from "../model/api-error.ts";
import type { Access, Authorize, Call } from "../model/call.ts";
import { accessesOf, type Operation } from "../model/operation.ts";
import type { AuditCall } from "./audit-call.ts";

export interface ServiceCallOptions<Context> {
  /** Signing name of the operation's service. */
  readonly service: string;
  readonly context: Context;
  readonly authorize: Authorize;
  readonly audit: AuditCall;
}

/**
 * Calls an operation on the caller's behalf as a request would: under the caller's policies, and with an audit event. It
 * returns the output once the event is written.
 */
export async function serviceCall<Context>(
  { service, context, authorize, audit }: ServiceCallOptions<Context>,
  operation: Operation<Context>,
  input: object,
  call: Call,
): Promise<object> {
  const { requestId, eventId, time, sourceIp, userAgent } = call;
  const seen = {
    requestId,
    eventId,
    time,
    sourceIp,
    userAgent,
    accessKeyId: undefined,
    call,
    service,
    operation: operation.name,
    schema: operation.schema,
    input,
  };
  let accesses: readonly Access[] = [];
  let output: object;
  try {
    const found = (await operation.find(input as never, call, context)) as never;
    accesses = accessesOf(service, operation, found, input, call);
    for (const access of accesses) {
      const denial = await authorize(call, access);
      if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 400 }, denial);
    }
    output = await operation.run(found, input as never, context, call);
  } catch (error) {
    const { shape, message } = error instanceof ApiError ? error : { shape: "InternalFailure", message: "" };
    await audit({ ...seen, accesses, error: { code: shape, message } });
    throw error;
  }
  await audit({ ...seen, accesses, output });
  return output;
}
