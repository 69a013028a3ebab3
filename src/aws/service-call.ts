import { ApiError } from "./api-error.ts";
import type { Access, Authorize, Call } from "./call.ts";
import type { AuditCall } from "./call-record.ts";
import type { Operation } from "./operation.ts";

export interface ServiceCallOptions<Context> {
  /** The signing name of the service whose operation it is. */
  readonly service: string;
  readonly context: Context;
  readonly authorize: Authorize;
  readonly audit: AuditCall;
}

/**
 * Has an operation called that a service calls by itself, as a request would have: under the caller's policies, and written
 * down. Only then is what it gave handed out.
 */
export async function serviceCall<Context>(
  { service, context, authorize, audit }: ServiceCallOptions<Context>,
  operation: Operation<Context>,
  input: object,
  call: Call,
): Promise<object> {
  const { requestId, eventId, time, sourceIp, userAgent } = call;
  const seen = {
    ...{ requestId, eventId, time, sourceIp, userAgent, accessKeyId: undefined, call },
    ...{ service, operation: operation.name, schema: operation.schema, input },
  };
  let accesses: readonly Access[] = [];
  let output: object;
  try {
    accesses = await accessesOf(operation, input, context, call);
    for (const access of accesses) {
      const denial = await authorize(call, access);
      if (denial !== undefined) throw new ApiError({ code: "AccessDeniedException", status: 400 }, denial);
    }
    output = await operation.run(input as never, context, call);
  } catch (error) {
    const { shape, message } = error instanceof ApiError ? error : { shape: "InternalFailure", message: "" };
    await audit({ ...seen, accesses, error: { code: shape, message } });
    throw error;
  }
  await audit({ ...seen, accesses, output });
  return output;
}

async function accessesOf<Context>(
  { access }: Operation<Context>,
  input: object,
  context: Context,
  call: Call,
): Promise<readonly Access[]> {
  if (access === "authenticated") return [];
  return [await access(input as never, call, context)].flat();
}
