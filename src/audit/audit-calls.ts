import { defined } from "../defined.ts";
import type { AuditCall, CallRecord } from "../front-door/audit-call.ts";
import type { Access } from "../model/call.ts";
import { callEvent, type DefaultScope, mustBeStored } from "./event/call-event.ts";
import type { EventStore } from "./event-store.ts";

/** Events that may wait for the disk before calls that need not wait do. */
const mostWaiting = 2_000;

/**
 * Writes an event for every call. The answer waits for it if it may hold a secret or the call was a write: the promise
 * resolves when the event survives a crash, and rejects if it could not be stored. Other answers leave at once.
 */
export function auditCalls(
  events: Pick<EventStore, "write" | "waiting">,
  defaultScope: DefaultScope,
  onError: (error: unknown) => void,
): AuditCall {
  return (record) => {
    if (isUntold(record)) return undefined;
    const stored = events.write({ ...callEvent(record, defaultScope), ...decisionOf(record) });
    if (mustBeStored(record)) return stored;
    const done = stored.catch(onError);
    return events.waiting() > mostWaiting ? done : undefined;
  };
}

/** Each line that a program prints would be an event; who may not print any is told of. */
function isUntold({ service, operation, error }: CallRecord): boolean {
  return service === "logs" && operation === "PutLogEvents" && error === undefined;
}

/** The inputs of a denial, from which `explain` repeats the decision. */
function decisionOf({ call, error }: CallRecord): { readonly decision?: object } {
  const last = call?.decisions.at(-1);
  if (call === undefined || error === undefined || last === undefined || last.effect === "allow") return {};
  const { access, trace } = last;
  const { principal, account, region, partition, time, sourceIp, userAgent, host } = call;
  return {
    decision: {
      call: { principal, account, region, partition, time, sourceIp, userAgent: userAgent.slice(0, 1024), host },
      ...defined({ access: access && shownAccess(access) }),
      decisions: call.decisions.map(({ principal, action, resource, effect, by, statement }) => {
        return { principal, action, resource, effect, by, ...defined({ statement }) };
      }),
      ...defined({ trace: trace?.() }),
    },
  };
}

function shownAccess({ action, resource, resourceAccount, calledVia, conditions, resourcePolicy }: Access) {
  return { action, resource, resourceAccount, calledVia, conditions, resourcePolicy };
}
