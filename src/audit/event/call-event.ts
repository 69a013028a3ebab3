import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef, StaticOperationSchema } from "@smithy/types";
import type { CallRecord } from "../../front-door/audit-call.ts";
import type { AccessDecision, Call } from "../../model/call.ts";
import {
  type EventDecision,
  type EventDocument,
  type EventResource,
  type EventVersion,
  eventSource,
  eventTime,
  eventVersion,
  type UserIdentity,
} from "./event.ts";
import { isReadOnly } from "./read-only.ts";
import { readVersions } from "./read-versions.ts";
import { holdsSecrets, type Renderer, renderer } from "./renderer.ts";
import { eventResource } from "./resource.ts";
import { userIdentity } from "./user-identity.ts";

/** Characters of an event: CloudTrail's own limit. */
const longestEvent = 256 * 1024;
const longestMessage = 1024;
const longestUserAgent = 1024;

/** The account and region of events whose request names none. */
export interface DefaultScope {
  readonly account: string;
  readonly region: string;
}

interface Shape {
  readonly input: Renderer;
  readonly output: Renderer;
  readonly givesSecrets: boolean;
}

const shapes = new WeakMap<StaticOperationSchema, Shape>();

function shapeOf(schema: StaticOperationSchema): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  const output = NormalizedSchema.of(schema[5] as SchemaRef);
  const shape = {
    input: renderer(NormalizedSchema.of(schema[4] as SchemaRef), "mark"),
    output: renderer(output, "leave out"),
    givesSecrets: holdsSecrets(output),
  };
  shapes.set(schema, shape);
  return shape;
}

/** True if the answer may only leave once the call's event is stored: it may hold a secret, or the call was a write. */
export function mustBeStored({ schema, operation, output }: CallRecord): boolean {
  if (output === undefined) return false;
  return (schema !== undefined && shapeOf(schema).givesSecrets) || !isReadOnly(operation ?? "");
}

/** The event of a call, and its JSON. */
export function callEvent(record: CallRecord, defaultScope: DefaultScope): { document: EventDocument; json: string } {
  const document = wholeEvent(record, defaultScope);
  const json = JSON.stringify(document);
  if (json.length <= longestEvent) return { document, json };
  const short = { ...document, requestParameters: null, responseElements: null, resources: [] };
  return { document: short, json: JSON.stringify(short) };
}

function wholeEvent(record: CallRecord, defaultScope: DefaultScope): EventDocument {
  const { call, schema, input, output, error } = record;
  const operation = eventName(record.operation);
  const readOnly = isReadOnly(operation);
  const shape = schema && shapeOf(schema);
  const resources = resourcesOf(record, readOnly);
  const decision = record.call?.decisions.at(-1);
  return {
    eventVersion,
    userIdentity: call ? identityOf(call) : unknownIdentity(record.accessKeyId),
    eventTime: eventTime(record.time),
    eventSource: eventSource(record.service),
    eventName: operation,
    awsRegion: call?.region ?? defaultScope.region,
    sourceIPAddress: record.sourceIp,
    userAgent: record.userAgent.slice(0, longestUserAgent),
    ...(error && { errorCode: errorCode(error.code), errorMessage: error.message.slice(0, longestMessage) }),
    requestParameters: shape && input !== undefined ? shape.input(input) : null,
    responseElements: shape && output !== undefined && showsOutput(record, readOnly) ? elements(shape, output) : null,
    ...additionalData(decision, shape?.givesSecrets && readOnly && output !== undefined ? readVersions(output) : []),
    requestID: record.requestId,
    eventID: record.eventId,
    readOnly,
    ...(resources.length > 0 && { resources }),
    eventType: "AwsApiCall",
    managementEvent: true,
    // Whose token nobody knows is of no account.
    recipientAccountId: call?.account || defaultScope.account,
    eventCategory: "Management",
  };
}

function additionalData(decision: AccessDecision | undefined, versions: readonly EventVersion[]) {
  if (!decision && versions.length === 0) return {};
  const additionalEventData = {
    ...(decision && { decision: shownDecision(decision) }),
    ...(versions.length > 0 && { versions }),
  };
  return { additionalEventData };
}

/** Events of reads do not show the answer. Those of STS do: it says who the caller became. */
function showsOutput({ service }: CallRecord, readOnly: boolean): boolean {
  return !readOnly || service === "sts";
}

function elements({ output: show }: Shape, output: object): object | null {
  const shown = show(output) as object | undefined;
  return shown && Object.keys(shown).length > 0 ? shown : null;
}

/** A request for an unknown operation may name anything. */
function eventName(operation: string | undefined): string {
  return operation !== undefined && /^[A-Za-z0-9]{1,128}$/.test(operation) ? operation : "Unknown";
}

function identityOf({ principal, invokedBy }: Call): UserIdentity {
  return { ...userIdentity(principal), ...(invokedBy !== undefined && { invokedBy }) };
}

/** A caller may have swapped key and secret: an event must not show the secret. */
function unknownIdentity(accessKeyId: string | undefined): UserIdentity {
  return {
    type: "Unknown",
    ...(accessKeyId !== undefined && /^A[A-Z0-9]{15,31}$/.test(accessKeyId) && { accessKeyId }),
  };
}

/** CloudTrail has one code for the denials of all services. */
function errorCode(code: string): string {
  return code === "AccessDeniedException" ? "AccessDenied" : code;
}

/** The decision without its trace, which is stored beside the event. */
function shownDecision({ principal, action, resource, effect, by, statement }: AccessDecision): EventDecision {
  return { effect, by, principal, action, resource, ...(statement && { statement }) };
}

/** The resources that the call asked for, made, or used on the way, such as the key of a secret. */
function resourcesOf({ accesses, output, call }: CallRecord, readOnly: boolean): EventResource[] {
  if (call === undefined) return [];
  const found = new Map<string, EventResource | undefined>();
  const add = (arn: string) => {
    if (!found.has(arn)) found.set(arn, eventResource(arn, call.account));
  };
  // The access to make a resource names the beginning of its ARN only.
  const made = output && !readOnly ? [...arnsIn(output as Readonly<Record<string, unknown>>)] : [];
  for (const { resource } of [...accesses, ...call.decisions]) {
    if (!made.some((arn) => arn.startsWith(resource))) add(resource);
  }
  made.forEach(add);
  return [...found.values()].filter((resource) => resource !== undefined);
}

/** The ARNs of the resources that an answer is about: `ARN`, `Role.Arn`, `taskDefinition.taskDefinitionArn`. */
function* arnsIn(output: Readonly<Record<string, unknown>>): Generator<string> {
  for (const [name, value] of Object.entries(output)) {
    if (name.toLowerCase() === "arn" && typeof value === "string") yield value;
    if (typeof value !== "object" || value === null) continue;
    const { Arn, [`${name}Arn`]: own } = value as Readonly<Record<string, unknown>>;
    for (const arn of [Arn, own]) if (typeof arn === "string") yield arn;
  }
}
