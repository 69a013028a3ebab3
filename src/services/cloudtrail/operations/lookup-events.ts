import { hash } from "node:crypto";
import {
  InvalidLookupAttributesException$,
  InvalidNextTokenException$,
  InvalidTimeRangeException$,
  type LookupAttributeKey,
  LookupEventsCommand,
} from "@aws-sdk/client-cloudtrail";
import type { Search, StoredEvent } from "../../../audit/index.ts";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { pageToken, readPageToken } from "../../../model/page-token.ts";
import type { CloudTrail } from "../context.ts";

const mostResults = 50;
const longestValue = 2_000;

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export const lookupEvents = operation(LookupEventsCommand)({
  access: () => ({ resource: "*" }),
  async run(_found, input, { events }: CloudTrail, call) {
    const { StartTime: from, EndTime: to, MaxResults: limit = mostResults } = input;
    if (from && to && from > to) {
      throw new ApiError(InvalidTimeRangeException$, "Start time is greater than end time.");
    }
    const attribute = attributeOf(input.LookupAttributes);
    const question = questionOf(input);
    const after = readToken(input.NextToken, question);
    // Insights events do not exist here.
    if (input.EventCategory !== undefined) return { Events: [] };
    const { account, region } = call;
    const found = await events.find({ account, region, from, to, attribute, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { Events: page.map(shownEvent), ...defined({ NextToken: last && pageToken([last.id, question]) }) };
  },
});

const kinds: Readonly<Record<LookupAttributeKey, NonNullable<Search["attribute"]>["kind"]>> = {
  EventId: "id",
  EventName: "name",
  EventSource: "source",
  Username: "username",
  AccessKeyId: "key",
  ReadOnly: "read-only",
  ResourceType: "type",
  ResourceName: "resource",
};

function attributeOf(
  attributes: readonly { readonly AttributeKey: LookupAttributeKey; readonly AttributeValue: string }[] = [],
): Search["attribute"] {
  if (attributes.length > 1) {
    throw new ApiError(InvalidLookupAttributesException$, "You can only specify one lookup attribute.");
  }
  const [attribute] = attributes;
  if (!attribute) return undefined;
  const { AttributeKey: key, AttributeValue: value } = attribute;
  if (value === "") throw new ApiError(InvalidLookupAttributesException$, `The value of ${key} is empty.`);
  if (countedLength(value) > longestValue) {
    throw new ApiError(
      InvalidLookupAttributesException$,
      `The value of ${key} is longer than ${longestValue} characters.`,
    );
  }
  return { kind: kinds[key], value };
}

/** Some characters count as two. */
function countedLength(value: string): number {
  return value.length + (value.match(/[_ ,\n]/g)?.length ?? 0);
}

function shownEvent(event: StoredEvent) {
  return {
    EventId: event.id,
    EventName: event.name,
    ReadOnly: String(event.readOnly),
    EventTime: event.time,
    EventSource: event.source,
    ...defined({ AccessKeyId: event.accessKeyId, Username: event.username }),
    Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: event.document,
  };
}

interface Question {
  readonly LookupAttributes?: unknown;
  readonly StartTime?: Date;
  readonly EndTime?: Date;
  readonly EventCategory?: unknown;
}

/** Identifies a search: a token is valid for the search that it was given for. */
function questionOf({ LookupAttributes, StartTime, EndTime, EventCategory }: Question): string {
  const asked = JSON.stringify([LookupAttributes, StartTime, EndTime, EventCategory]);
  return hash("sha256", asked, "base64url").slice(0, 16);
}

/** The id of the last event on the page before. */
function readToken(token: string | undefined, question: string): string | undefined {
  if (token === undefined) return undefined;
  const key = readPageToken(token);
  const [id, asked]: readonly unknown[] = Array.isArray(key) ? key : [];
  if (typeof id === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) && asked === question) return id;
  throw new ApiError(InvalidNextTokenException$, "Invalid Token.");
}
