import type { Call } from "../model/call.ts";
import type { WireRequest } from "../wire/protocol.ts";

/** The parts of a call that its request does not contain. */
export type NewCall = Pick<Call, "requestId" | "eventId" | "time" | "partition" | "region" | "principal">;

/** Makes the call of an authenticated request. */
export function newCall(
  { headers, remoteAddress, isSecure = false }: Pick<WireRequest, "headers" | "remoteAddress" | "isSecure">,
  parts: NewCall,
): Call {
  const invocationId = headers["amz-sdk-invocation-id"];
  return {
    requestId: parts.requestId,
    eventId: parts.eventId,
    principal: parts.principal,
    account: parts.principal.account,
    region: parts.region,
    partition: parts.partition,
    time: parts.time,
    sourceIp: remoteAddress,
    decisions: [],
    userAgent: headers["user-agent"] ?? "",
    host: headers.host ?? "",
    isSecure,
    ...(invocationId !== undefined && { invocationId }),
  };
}
