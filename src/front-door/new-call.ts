import { defined } from "../defined.ts";
import type { Call } from "../model/call.ts";
import type { WireRequest } from "../wire/protocol.ts";

/** The parts of a call that its request does not contain. */
export type NewCall = Pick<Call, "requestId" | "eventId" | "time" | "partition" | "region" | "principal">;

/** Makes the call of an authenticated request. */
export function newCall(
  { headers, remoteAddress, isSecure = false }: Pick<WireRequest, "headers" | "remoteAddress" | "isSecure">,
  parts: NewCall,
): Call {
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
    answerHeaders: {},
    userAgent: headers["user-agent"] ?? "",
    host: headers.host ?? "",
    isSecure,
    ...defined({ invocationId: headers["amz-sdk-invocation-id"], extensions: extensionsIn(headers) }),
  };
}

const prefix = "x-sealift-";

function extensionsIn(headers: WireRequest["headers"]): Call["extensions"] {
  const found = Object.entries(headers).filter(
    (header): header is [string, string] => header[0].startsWith(prefix) && header[1] !== undefined,
  );
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
