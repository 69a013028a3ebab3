import { type EventDecision, type ExplainedCall, explainedCalls, type Subject } from "../audit/index.ts";
import { escapeControls } from "../log.ts";
import { explainSerialised } from "../policy/index.ts";
import { ConfigError } from "../server/config.ts";
import { openTrail, type TrailFlags } from "./audit-trail.ts";

/** Most decisions of one task or resource that are explained, newest first. */
const mostExplained = 5;
/** Most calls that are read to find them. Services repeat the same request. */
const mostRead = 100;

const requestId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const taskArn = /^arn:[^:]+:ecs:[^:]*:[^:]*:task\/(?:[^/]+\/)?([0-9a-f]{32})$/;

/** Prints why a request, a task's role or a caller that asked for a resource was denied, and what would allow it. */
export async function explain(subject: string, flags: TrailFlags): Promise<void> {
  const asked = subjectOf(subject);
  await using trail = await openTrail(flags);
  const calls = await explainedCalls(trail.db, asked, mostRead);
  if (calls.length === 0) {
    const what = asked.kind === "request" ? "a request with the id" : "a denial of";
    throw new ConfigError(`Cannot find ${what} ${subject} in the audit trail`);
  }
  const texts = new Map<string, string>();
  for (const call of calls) {
    const { decision } = call.event.additionalEventData ?? {};
    const key = JSON.stringify([call.event.eventName, decision]);
    if (!texts.has(key) && texts.size < mostExplained) texts.set(key, textOf(call));
  }
  process.stdout.write([...texts.values()].join("\n"));
}

function subjectOf(text: string): Subject {
  if (requestId.test(text)) return { kind: "request", id: text };
  const task = taskArn.exec(text)?.[1];
  if (task !== undefined) return { kind: "session", name: task };
  if (/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(text)) return { kind: "resource", arn: text };
  throw new ConfigError(`Cannot explain "${text}": it must be a request id, a task's ARN or a resource's ARN`);
}

function textOf({ event, trace }: ExplainedCall): string {
  const { eventTime, eventSource, eventName, requestID, errorCode, errorMessage, additionalEventData } = event;
  const call = `${eventSource.replace(".amazonaws.com", "")}:${eventName}`;
  const head = escapeControls(`${eventTime}  ${call}  request ${requestID}`);
  if (trace !== undefined) return `${head}\n${explainSerialised(trace)}`;
  const outcome = errorCode === undefined ? "It succeeded." : `It failed: ${errorCode}: ${errorMessage}`;
  const { decision } = additionalEventData ?? {};
  const by = decision ? allowedBy(decision) : "";
  return `${head}\n${escapeControls(outcome)}\n${by && `${escapeControls(by)}\n`}`;
}

function allowedBy({ effect, by, action, resource, statement }: EventDecision): string {
  if (effect !== "allow") return "";
  const from = statement
    ? `statement ${statement.index + 1} of '${statement.policy}' (${by} policy)`
    : `the ${by} user`;
  return `ALLOWED  ${action}  on  ${resource}  by ${from}`;
}
