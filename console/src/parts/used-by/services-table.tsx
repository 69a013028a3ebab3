import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { useMessages } from "../../i18n/messages.ts";
import { nameOf } from "../addresses.ts";
import { DefinitionLink } from "../definition-link.tsx";
import { ResourceTable, type ResourceTableProps } from "../resource-table.tsx";
import { messages } from "./messages.ts";
import { ClusterLink, ServiceLink } from "./places.tsx";
import type { ServiceUse } from "./uses.ts";

export function ServicesTable({
  read,
  action,
}: {
  readonly read: ResourceTableProps<ServiceUse>["read"];
  readonly action: ReactNode;
}) {
  const t = useMessages(messages);
  return (
    <ResourceTable<ServiceUse>
      id="used-by-services"
      title={t.services}
      description={t.text}
      read={read}
      trackBy={({ arn }) => arn}
      sortedBy={{ id: "service" }}
      empty={{ title: t.emptyServices }}
      actions={() => action}
      columns={[
        {
          id: "service",
          header: t.service,
          isRowHeader: true,
          width: 240,
          value: ({ name }) => name,
          cell: (service) => <ServiceLink {...service} />,
        },
        {
          id: "cluster",
          header: t.cluster,
          width: 200,
          value: ({ clusterArn }) => nameOf(clusterArn),
          cell: ({ clusterArn }) => <ClusterLink arn={clusterArn} />,
        },
        {
          id: "definition",
          header: t.definition,
          width: 240,
          value: ({ definitionArn }) => nameOf(definitionArn),
          cell: ({ definitionArn }) => <DefinitionLink arn={definitionArn} />,
        },
        {
          id: "state",
          header: t.state,
          width: 240,
          value: ({ staleTasks }) => staleTasks,
          cell: (service) => <ServiceState service={service} />,
        },
      ]}
    />
  );
}

function ServiceState({ service: { tasks, staleTasks } }: { readonly service: ServiceUse }) {
  const t = useMessages(messages);
  if (tasks === 0) return <StatusIndicator type="stopped">{t.noTasks}</StatusIndicator>;
  if (staleTasks === 0) return <StatusIndicator type="success">{t.currentTasks(tasks)}</StatusIndicator>;
  return <StatusIndicator type="warning">{t.staleTasks(staleTasks, tasks)}</StatusIndicator>;
}
