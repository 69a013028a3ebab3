import {
  InvalidLookupAttributesException$,
  InvalidNextTokenException$,
  InvalidTimeRangeException$,
  type LookupAttributeKey,
  LookupEventsCommand,
} from "@aws-sdk/client-cloudtrail";
import { ApiError } from "../../aws/api-error.ts";
import { operation } from "../../aws/operation.ts";
import type { StoredEvent } from "./event.ts";
import type { Position, Search } from "./events.ts";
import type { CloudTrail } from "./index.ts";

const mostResults = 50;

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export const lookupEvents = operation(LookupEventsCommand)({
  access: () => ({ action: "cloudtrail:LookupEvents", resource: "*" }),
  async run(input, { events }: CloudTrail, call) {
    const { StartTime: from, EndTime: to, MaxResults: limit = mostResults } = input;
    if (from && to && from > to) {
      throw new ApiError(InvalidTimeRangeException$, "Start time is greater than end time.");
    }
    const attribute = attributeOf(input.LookupAttributes);
    const after = readPosition(input.NextToken);
    // Insights events do not exist here, and nothing that was recorded was a read or had a caller.
    if (input.EventCategory !== undefined || !attribute) return { Events: [] };
    const found = await events.find({
      account: call.account,
      region: call.region,
      ...{ from, to, after, limit: limit + 1 },
      ...attribute,
    });
    const shown = found.slice(0, limit);
    return {
      Events: shown.map(shownEvent),
      ...(found.length > limit && { NextToken: positionToken(shown.at(-1)!) }),
    };
  },
});

type Attribute = Pick<Search, "id" | "name" | "source" | "resourceName" | "resourceType">;

const anything: Attribute = {
  id: undefined,
  name: undefined,
  source: undefined,
  resourceName: undefined,
  resourceType: undefined,
};

/** What to look for; `undefined` where no event can be found by it. */
function attributeOf(
  attributes: readonly { readonly AttributeKey: LookupAttributeKey; readonly AttributeValue: string }[] = [],
): Attribute | undefined {
  if (attributes.length > 1) {
    throw new ApiError(InvalidLookupAttributesException$, "You can only specify one lookup attribute.");
  }
  const [attribute] = attributes;
  if (!attribute) return anything;
  const { AttributeKey: key, AttributeValue: value } = attribute;
  if (value === "") throw new ApiError(InvalidLookupAttributesException$, `The value of ${key} is empty.`);
  switch (key) {
    case "EventId":
      return { ...anything, id: value };
    case "EventName":
      return { ...anything, name: value };
    case "EventSource":
      return { ...anything, source: value };
    case "ResourceName":
      return { ...anything, resourceName: value };
    case "ResourceType":
      return { ...anything, resourceType: value };
    case "ReadOnly":
      return value === "false" ? anything : undefined;
    default:
      return undefined;
  }
}

function shownEvent(event: StoredEvent) {
  return {
    EventId: event.id,
    EventName: event.name,
    ReadOnly: "false",
    EventTime: event.time,
    EventSource: event.source,
    Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: event.document,
  };
}

function positionToken({ time, id }: StoredEvent): string {
  return Buffer.from(JSON.stringify([time.getTime(), id])).toString("base64url");
}

function readPosition(token: string | undefined): Position | undefined {
  if (token === undefined) return undefined;
  try {
    const [time, id] = JSON.parse(Buffer.from(token, "base64url").toString()) as [unknown, unknown];
    if (typeof time === "number" && Number.isSafeInteger(time) && typeof id === "string" && !id.includes("\0")) {
      return { time, id };
    }
  } catch {
    // Told below.
  }
  throw new ApiError(InvalidNextTokenException$, "Invalid Token.");
}
