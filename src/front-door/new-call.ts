import type { Call } from "../model/call.ts";
import type { WireRequest } from "../wire/protocol.ts";

/** The parts of a call that its request does not contain. */
export type NewCall = Pick<Call, "requestId" | "eventId" | "time" | "partition" | "region" | "principal">;

/** Makes the call of an authenticated request. */
export function newCall(
  { headers, remoteAddress, isSecure = false }: Pick<WireRequest, "headers" | "remoteAddress" | "isSecure">,
  parts: NewCall,
): Call {
  const call: Writable<Call> = {
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
  };
  // Every request comes through here: no helper for the absent members.
  const { dpop, "amz-sdk-invocation-id": invocationId } = headers;
  const extensions = extensionsIn(headers);
  if (invocationId !== undefined) call.invocationId = invocationId;
  if (dpop !== undefined) call.dpop = dpop;
  if (extensions !== undefined) call.extensions = extensions;
  return call;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const prefix = "x-sealift-";

function extensionsIn(headers: WireRequest["headers"]): Call["extensions"] {
  let found: Record<string, string> | undefined;
  for (const name in headers) {
    const value = headers[name];
    if (!name.startsWith(prefix) || value === undefined) continue;
    found ??= {};
    found[name] = value;
  }
  return found;
}
