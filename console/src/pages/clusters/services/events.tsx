import { useMessages } from "../../../i18n/messages.ts";
import { Copyable } from "../../../parts/copyable.tsx";
import { ResourceTable, type ResourceTableProps } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import type { Service } from "../types.ts";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";

type Event = NonNullable<Service["events"]>[number];

/** What a service has done, the newest first, read again while it is shown. */
export function Events({
  service,
  read,
}: {
  readonly service: Service;
  readonly read: Omit<ResourceTableProps<Event>["read"], "data">;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  return (
    <ResourceTable<Event>
      id="ecs-service-events"
      title={e.events}
      read={{ ...read, data: service.events ?? [] }}
      trackBy={({ id = "" }) => id}
      filterPlaceholder={t.findEvents}
      sortedBy={{ id: "at", isDescending: true }}
      columns={[
        {
          id: "at",
          header: t.eventTime,
          width: 280,
          value: ({ createdAt }) => createdAt,
          cell: ({ createdAt }) => <Time at={createdAt} seconds />,
        },
        {
          id: "message",
          header: t.message,
          isRowHeader: true,
          value: ({ message }) => message,
          cell: ({ message }) => <Text>{message}</Text>,
        },
        {
          id: "id",
          header: t.eventId,
          isVisible: false,
          value: ({ id }) => id,
          cell: ({ id }) => <Copyable>{id}</Copyable>,
        },
      ]}
      empty={{ title: t.noEvents }}
    />
  );
}
