import type { WireRequest } from "./protocol.ts";

/** The two parts of an `X-Amz-Target` header such as `AmazonSSM.GetParameter`. */
export interface Target {
  /** `AmazonSSM`. The aws CLI writes CloudTrail's with a Java package before it; only the last part counts. */
  readonly prefix: string;
  readonly operation: string;
}

/** Reads the target of a request; `undefined` if the request has none. */
export function targetOf({ headers }: Pick<WireRequest, "headers">): Target | undefined {
  const target = headers["x-amz-target"];
  const end = target?.lastIndexOf(".") ?? -1;
  if (target === undefined || end < 0) return undefined;
  const prefix = target.slice(0, end);
  return { prefix: prefix.slice(prefix.lastIndexOf(".") + 1), operation: target.slice(end + 1) };
}
