import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { to } from "../../../parts/addresses.ts";
import { Copyable } from "../../../parts/copyable.tsx";
import { DefinitionLink } from "../../../parts/definition-link.tsx";
import { Details } from "../../../parts/details.tsx";
import { DetailsPage } from "../../../parts/details-page.tsx";
import { heldBy } from "../../../parts/held.ts";
import { PageTabs } from "../../../parts/page-tabs.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { tagPairs } from "../../../parts/tags.tsx";
import { LiveLogs } from "../logs/live-logs.tsx";
import { useService, useTasks } from "../reads.ts";
import { Status } from "../status.tsx";
import { TagsTab } from "../tags-tab.tsx";
import { TasksTable } from "../tasks/tasks-table.tsx";
import type { Service, Task } from "../types.ts";
import { ecs } from "../words.ts";
import { Configuration } from "./configuration.tsx";
import { DeleteService } from "./delete-service.tsx";
import { Deployments } from "./deployments.tsx";
import { Events } from "./events.tsx";
import { ForceDeployment } from "./force-deployment.tsx";
import { messages } from "./messages.ts";

export default function ServicePage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const navigate = useNavigate();
  const { cluster = "", service = "" } = useParams();
  const [asked, setAsked] = useState<"delete" | "force">();
  const read = useService(cluster, service);
  const all = useTasks({ cluster, serviceName: service, wanted: "ALL" });
  return (
    <>
      <DetailsPage
        title={service}
        breadcrumbs={[
          { text: e.service, to: "/ecs/clusters" },
          { text: e.clusters, to: "/ecs/clusters" },
          { text: cluster, to: to.cluster(cluster) },
          { text: e.services, to: `${to.cluster(cluster)}?tab=services` },
        ]}
        read={read}
        actions={({ status }) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={status !== "ACTIVE"} onClick={() => setAsked("delete")}>
              {t.deleteService}
            </Button>
            <ButtonDropdown
              variant="primary"
              mainAction={{
                text: e.updateService,
                disabled: status !== "ACTIVE",
                onClick: () => void navigate(to.updateService(cluster, service)),
              }}
              ariaLabel={words.actions}
              items={[{ id: "force", text: e.forceNewDeployment, disabled: status !== "ACTIVE" }]}
              onItemClick={() => setAsked("force")}
            />
          </SpaceBetween>
        )}
      >
        {(found) => (
          <SpaceBetween size="l">
            <Stale tasks={all.data ?? []} onForce={() => setAsked("force")} />
            <Overview service={found} />
            <Problem error={all.error} />
            <PageTabs
              tabs={[
                {
                  id: "deployments",
                  label: e.deployments,
                  content: <Deployments cluster={cluster} service={service} tasks={all.data} />,
                },
                { id: "tasks", label: e.tasks, content: <TasksTable cluster={cluster} serviceName={service} /> },
                {
                  id: "logs",
                  label: e.logs,
                  content: <LiveLogs tasks={all.data ?? []} hasTaskNames beginning={found.createdAt ?? 0} />,
                },
                { id: "events", label: e.events, content: <Events service={found} read={read} /> },
                { id: "configuration", label: t.configurationTab, content: <Configuration service={found} /> },
                {
                  id: "tags",
                  label: words.tags,
                  content: <TagsTab arn={found.serviceArn} tags={tagPairs(found.tags)} read={read} />,
                },
              ]}
            />
          </SpaceBetween>
        )}
      </DetailsPage>
      {asked === "delete" && (
        <DeleteService
          cluster={cluster}
          service={service}
          onClose={(isDeleted) => {
            setAsked(undefined);
            if (isDeleted) void navigate(`${to.cluster(cluster)}?tab=services`);
          }}
        />
      )}
      {asked === "force" && <ForceDeployment cluster={cluster} service={service} onClose={() => setAsked(undefined)} />}
    </>
  );
}

/** That tasks hold what is no longer current, with what mends it. */
function Stale({ tasks, onForce }: { readonly tasks: readonly Task[]; readonly onForce: () => void }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const count = tasks.filter(
    ({ tags, desiredStatus }) =>
      desiredStatus === "RUNNING" && heldBy(tags).secrets.some(({ state }) => state !== "current"),
  ).length;
  if (count === 0) return null;
  return (
    <Alert
      type="warning"
      header={t.staleTasks(count)}
      action={<Button onClick={onForce}>{e.forceNewDeployment}</Button>}
    >
      {t.staleText}
    </Alert>
  );
}

function Overview({ service }: { readonly service: Service }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const newest = service.deployments?.[0];
  const failed = (service.deployments ?? []).reduce((sum, { failedTasks = 0 }) => sum + failedTasks, 0);
  return (
    <Details
      title={t.overview}
      columns={4}
      items={[
        { label: t.status, value: <Status of={service.status} /> },
        { label: t.counts, value: t.countsText(service.runningCount ?? 0, service.desiredCount ?? 0) },
        { label: e.pendingTasks, value: service.pendingCount },
        { label: e.failedTasks, value: failed },
        { label: t.lastDeployment, value: <Status of={newest?.rolloutState} /> },
        { label: e.taskDefinition, value: <DefinitionLink arn={service.taskDefinition} /> },
        { label: "ARN", value: <Copyable>{service.serviceArn}</Copyable> },
      ]}
    />
  );
}
