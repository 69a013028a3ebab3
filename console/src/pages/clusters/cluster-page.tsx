import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { tagPairs } from "../../parts/tags.tsx";
import { Text } from "../../parts/text.tsx";
import { messages } from "./cluster-messages.ts";
import { DeleteCluster } from "./delete-cluster.tsx";
import { InstancesTable } from "./instances/instances-table.tsx";
import { useCluster } from "./reads.ts";
import { ServicesTable } from "./services/services-table.tsx";
import { Status } from "./status.tsx";
import { TagsTab } from "./tags-tab.tsx";
import { TasksTable } from "./tasks/tasks-table.tsx";
import type { Cluster } from "./types.ts";
import { ecs } from "./words.ts";

export default function ClusterPage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const navigate = useNavigate();
  const { cluster = "" } = useParams();
  const [isDeleting, setDeleting] = useState(false);
  const read = useCluster(cluster);
  return (
    <>
      <DetailsPage
        title={cluster}
        breadcrumbs={[
          { text: e.service, to: "/ecs/clusters" },
          { text: e.clusters, to: "/ecs/clusters" },
        ]}
        read={read}
        actions={() => <Button onClick={() => setDeleting(true)}>{t.delete}</Button>}
      >
        {(found) => (
          <SpaceBetween size="l">
            <Overview cluster={found} />
            <PageTabs
              ariaLabel={t.tabs}
              tabs={[
                { id: "services", label: e.services, content: <ServicesTable cluster={cluster} /> },
                { id: "tasks", label: e.tasks, content: <TasksTable cluster={cluster} /> },
                {
                  id: "infrastructure",
                  label: e.infrastructure,
                  content: (
                    <SpaceBetween size="l">
                      <Capacity cluster={found} />
                      <InstancesTable cluster={cluster} />
                    </SpaceBetween>
                  ),
                },
                {
                  id: "tags",
                  label: words.tags,
                  content: <TagsTab arn={found.clusterArn} tags={tagPairs(found.tags)} read={read} />,
                },
              ]}
            />
          </SpaceBetween>
        )}
      </DetailsPage>
      {isDeleting && (
        <DeleteCluster
          cluster={cluster}
          onClose={(isDeleted) => {
            setDeleting(false);
            if (isDeleted) void navigate("/ecs/clusters");
          }}
        />
      )}
    </>
  );
}

function Overview({ cluster }: { readonly cluster: Cluster }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const exec = cluster.configuration?.executeCommandConfiguration;
  const insights = cluster.settings?.find(({ name }) => name === "containerInsights")?.value;
  return (
    <Details
      title={t.overview}
      columns={4}
      items={[
        { label: words.status, value: <Status of={cluster.status} /> },
        { label: t.activeServices, value: cluster.activeServicesCount },
        { label: e.runningTasks, value: cluster.runningTasksCount },
        { label: e.pendingTasks, value: cluster.pendingTasksCount },
        { label: "ARN", value: <Copyable>{cluster.clusterArn}</Copyable> },
        { label: t.instances, value: cluster.registeredContainerInstancesCount },
        { label: t.insights, value: insights === undefined ? "-" : insights === "disabled" ? e.turnedOff : e.turnedOn },
        { label: t.execLog, value: <Text>{exec?.logConfiguration?.cloudWatchLogGroupName}</Text> },
        ...(exec?.kmsKeyId ? [{ label: t.execKey, value: <Text>{exec.kmsKeyId}</Text> }] : []),
      ]}
    />
  );
}

function Capacity({ cluster }: { readonly cluster: Cluster }) {
  const t = useMessages(messages);
  const strategy = (cluster.defaultCapacityProviderStrategy ?? []).map(
    ({ capacityProvider, weight = 0, base = 0 }) => `${capacityProvider} (${weight}, ${base})`,
  );
  return (
    <Details
      title={t.providers}
      columns={2}
      items={[
        { label: t.providers, value: <Text>{(cluster.capacityProviders ?? []).join(", ")}</Text> },
        { label: t.defaultStrategy, value: <Text>{strategy.join(", ")}</Text> },
      ]}
    />
  );
}
