import type { DispatcherOptions } from "../front-door/dispatcher.ts";
import { newCall } from "../front-door/new-call.ts";
import { ApiError } from "../model/api-error.ts";
import type { Access, Call } from "../model/call.ts";
import type { Ecs } from "../services/ecs/index.ts";
import type { WireRequest, WireResponse } from "../wire/protocol.ts";
import type { ControlPlane } from "./control-plane.ts";
import { jsonAnswer } from "./json-answer.ts";

export interface SignedOptions {
  readonly plane: ControlPlane;
  readonly authenticate: DispatcherOptions["authenticate"];
  readonly partition: string;
}

/** An operation on ECS that is no API of AWS; otherwise as the operations of services are. */
export interface SignedOperation<Input, Found> {
  /** Its name in the audit trail. */
  readonly name: string;
  /** The input in a body; throws an `ApiError` where it is none. */
  read(body: Buffer): Input;
  find(input: Input, call: Call, context: Ecs): Promise<Found>;
  access(found: Found, input: Input, call: Call): readonly Access[];
  run(found: Found, input: Input, context: Ecs, call: Call): Promise<object> | object;
}

/** Answers `POST`s of JSON that are signed as requests to ECS. Never rejects. */
export function signedHandler<Input, Found>(
  { plane, authenticate, partition }: SignedOptions,
  operation: SignedOperation<Input, Found>,
): (request: WireRequest) => Promise<WireResponse> {
  const { clock, ids, onError } = plane.surroundings;

  async function handle(request: WireRequest): Promise<object> {
    const { principal, region } = await authenticate(request, plane.service.ecs);
    const time = clock.now();
    const [requestId, eventId] = [ids.timedUuid(time), ids.timedUuid(time)];
    const call = newCall(request, { requestId, eventId, time, principal, region, partition });
    const { sourceIp, userAgent } = call;
    const record = {
      ...{ requestId, eventId, time, sourceIp, userAgent, call },
      ...{ service: "ecs", operation: operation.name, accessKeyId: undefined },
    };
    const input = operation.read(request.body);
    const found = await operation.find(input, call, plane.ecs);
    const accesses = operation.access(found, input, call);
    for (const access of accesses) {
      const message = await plane.authorize(call, access);
      if (message === undefined) continue;
      const code = "AccessDeniedException";
      await plane.audit({ ...record, accesses, error: { code, message } });
      throw new ApiError({ code, status: 400 }, message);
    }
    const answer = await operation.run(found, input, plane.ecs, call);
    await plane.audit({ ...record, accesses });
    return answer;
  }

  return jsonAnswer(handle, onError);
}

/** The members of a JSON object; none where the text is no JSON. */
export function membersIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

export function invalidBody(message: string): ApiError {
  return new ApiError({ code: "InvalidParameterException", status: 400 }, message);
}
