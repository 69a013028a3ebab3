import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { messages } from "./cluster-messages.ts";
import { DeleteCluster } from "./delete-cluster.tsx";
import { useClusters } from "./reads.ts";
import { Status } from "./status.tsx";
import { ecs } from "./words.ts";

export default function ClustersPage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const navigate = useNavigate();
  const read = useClusters();
  const [deleting, setDeleting] = useState<string>();
  const create = (
    <Button variant="primary" onClick={() => void navigate("/ecs/create-cluster")}>
      {t.create}
    </Button>
  );
  return (
    <Page title={e.clusters} breadcrumbs={[{ text: e.service, to: "/ecs/clusters" }]} contentType="table">
      <ResourceTable
        id="ecs-clusters"
        variant="full-page"
        title={e.clusters}
        read={read}
        trackBy={({ clusterName = "" }) => clusterName}
        selection="single"
        filterPlaceholder={t.find}
        sortedBy={{ id: "name" }}
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!selected} onClick={() => setDeleting(selected?.clusterName)}>
              {t.delete}
            </Button>
            {create}
          </SpaceBetween>
        )}
        columns={[
          {
            id: "name",
            width: 220,
            header: e.cluster,
            isRowHeader: true,
            value: ({ clusterName }) => clusterName,
            cell: ({ clusterName = "" }) => (
              <To to={to.cluster(clusterName)}>
                <Text>{clusterName}</Text>
              </To>
            ),
          },
          {
            id: "status",
            width: 130,
            header: words.status,
            value: ({ status }) => status,
            cell: ({ status }) => <Status of={status} />,
          },
          {
            id: "services",
            width: 130,
            header: e.services,
            value: ({ activeServicesCount }) => activeServicesCount,
            cell: ({ activeServicesCount }) => activeServicesCount ?? 0,
          },
          {
            id: "running",
            width: 160,
            header: e.runningTasks,
            value: ({ runningTasksCount }) => runningTasksCount,
            cell: ({ runningTasksCount }) => runningTasksCount ?? 0,
          },
          {
            id: "pending",
            width: 160,
            header: e.pendingTasks,
            value: ({ pendingTasksCount }) => pendingTasksCount,
            cell: ({ pendingTasksCount }) => pendingTasksCount ?? 0,
          },
          {
            id: "instances",
            width: 200,
            header: e.containerInstances,
            value: ({ registeredContainerInstancesCount }) => registeredContainerInstancesCount,
            cell: ({ registeredContainerInstancesCount }) => registeredContainerInstancesCount ?? 0,
          },
        ]}
        empty={{ title: t.empty, text: t.emptyText, action: create }}
      />
      {deleting !== undefined && <DeleteCluster cluster={deleting} onClose={() => setDeleting(undefined)} />}
    </Page>
  );
}
