import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef, StaticOperationSchema } from "@smithy/types";
import type { CallRecord } from "../../front-door/audit-call.ts";
import type { Call } from "../../model/call.ts";
import {
  type EventDocument,
  type EventResource,
  eventSource,
  eventTime,
  eventVersion,
  type UserIdentity,
} from "./event.ts";
import { isReadOnly } from "./read-only.ts";
import { holdsSecrets, type Renderer, renderer } from "./renderer.ts";
import { eventResource } from "./resource.ts";
import { userIdentity } from "./user-identity.ts";

/** Characters of an event; CloudTrail's own are at most as many. */
const longestEvent = 256 * 1024;
const longestMessage = 1024;
const longestUserAgent = 1024;

/** Where nobody knows in which account and region a request was meant to be made. */
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

/** Whether the answer may only leave once the call's event is stored: it may hold a secret, or something was changed. */
export function mustBeStored({ schema, operation, output }: CallRecord): boolean {
  if (schema === undefined || output === undefined) return false;
  return shapeOf(schema).givesSecrets || !isReadOnly(operation!);
}

/** A call as CloudTrail writes it down, and as JSON. */
export function callEvent(record: CallRecord, elsewhere: DefaultScope): { document: EventDocument; json: string } {
  const document = wholeEvent(record, elsewhere);
  const json = JSON.stringify(document);
  if (json.length <= longestEvent) return { document, json };
  const short = { ...document, requestParameters: null, responseElements: null, resources: [] };
  return { document: short, json: JSON.stringify(short) };
}

function wholeEvent(record: CallRecord, elsewhere: DefaultScope): EventDocument {
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
    awsRegion: call?.region ?? elsewhere.region,
    sourceIPAddress: record.sourceIp,
    userAgent: record.userAgent.slice(0, longestUserAgent),
    ...(error && { errorCode: errorCode(error.code), errorMessage: error.message.slice(0, longestMessage) }),
    requestParameters: shape && input !== undefined ? shape.input(input) : null,
    responseElements: shape && output !== undefined && showsOutput(record, readOnly) ? elements(shape, output) : null,
    ...(decision && { additionalEventData: { decision: shownDecision(decision) } }),
    requestID: record.requestId,
    eventID: record.eventId,
    readOnly,
    ...(resources.length > 0 && { resources }),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: call?.account ?? elsewhere.account,
    eventCategory: "Management",
  };
}

/** Reads show nothing of what they gave; STS shows who the caller became. */
function showsOutput({ service }: CallRecord, readOnly: boolean): boolean {
  return !readOnly || service === "sts";
}

function elements({ output: show }: Shape, output: object): object | null {
  const shown = show(output) as object | undefined;
  return shown && Object.keys(shown).length > 0 ? shown : null;
}

/** What nobody serves may be called anything. */
function eventName(operation: string | undefined): string {
  return operation !== undefined && /^[A-Za-z0-9]{1,128}$/.test(operation) ? operation : "Unknown";
}

function identityOf({ principal, invokedBy }: Call): UserIdentity {
  return { ...userIdentity(principal), ...(invokedBy !== undefined && { invokedBy }) };
}

/** Whoever swaps key and secret must not read the secret here. */
function unknownIdentity(accessKeyId: string | undefined): UserIdentity {
  return {
    type: "Unknown",
    ...(accessKeyId !== undefined && /^A[A-Z0-9]{15,31}$/.test(accessKeyId) && { accessKeyId }),
  };
}

/** CloudTrail's word is the same for all services. */
function errorCode(code: string): string {
  return code === "AccessDeniedException" ? "AccessDenied" : code;
}

/** `trace`, where there is one, is kept apart. */
function shownDecision({
  principal,
  action,
  resource,
  effect,
  by,
  statement,
}: NonNullable<CallRecord["call"]>["decisions"][number]) {
  return { effect, by, principal, action, resource, ...(statement && { statement }) };
}

/** What was asked for, made, or used on the way, such as the key of a secret. */
function resourcesOf({ accesses, output, call }: CallRecord, readOnly: boolean): EventResource[] {
  if (call === undefined) return [];
  const found = new Map<string, EventResource | undefined>();
  const add = (arn: string) => {
    if (!found.has(arn)) found.set(arn, eventResource(arn, call.account));
  };
  // Who was to be allowed to make something could not know its whole ARN yet.
  const made = output && !readOnly ? [...arnsIn(output as Readonly<Record<string, unknown>>)] : [];
  for (const { resource } of [...accesses, ...call.decisions]) {
    if (!made.some((arn) => arn.startsWith(resource))) add(resource);
  }
  made.forEach(add);
  return [...found.values()].filter((resource) => resource !== undefined);
}

/** Its own ARN in an answer: `ARN`, `Role.Arn`, `taskDefinition.taskDefinitionArn`. */
function* arnsIn(output: Readonly<Record<string, unknown>>): Generator<string> {
  for (const [name, value] of Object.entries(output)) {
    if (name.toLowerCase() === "arn" && typeof value === "string") yield value;
    if (typeof value !== "object" || value === null) continue;
    const { Arn, [`${name}Arn`]: own } = value as Readonly<Record<string, unknown>>;
    for (const arn of [Arn, own]) if (typeof arn === "string") yield arn;
  }
}
