import { type EventDocument, type EventStore, readEvent } from "../audit/index.ts";
import type { TrailRead, TrailReads } from "../services/ecs/index.ts";

/** Events of one task that are looked through; its session does little but read secrets. */
const mostEvents = 500;

/** What sessions of tasks have read, from the audit trail. */
export function trailReads(events: Pick<EventStore, "find">): TrailReads {
  return async ({ account, region, name, since }) => {
    const attribute = { kind: "username", value: name } as const;
    const search = { account, region, from: since, to: undefined, attribute, after: undefined, limit: mostEvents };
    return (await events.find(search)).flatMap(({ document }) => readsIn(readEvent(document)));
  };
}

function readsIn({ additionalEventData, requestParameters, errorCode }: EventDocument): readonly TrailRead[] {
  if (errorCode !== undefined) return [];
  const asked = (requestParameters ?? {}) as TrailRead["asked"];
  return (additionalEventData?.versions ?? []).map(({ ARN, version }) => ({ arn: ARN, version, asked }));
}
