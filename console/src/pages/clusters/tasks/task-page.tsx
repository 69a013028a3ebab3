import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { to } from "../../../parts/addresses.ts";
import { DetailsPage } from "../../../parts/details-page.tsx";
import { heldBy, ownTags } from "../../../parts/held.ts";
import { PageTabs } from "../../../parts/page-tabs.tsx";
import { tagPairs } from "../../../parts/tags.tsx";
import { Text } from "../../../parts/text.tsx";
import { LiveLogs } from "../logs/live-logs.tsx";
import { useTask } from "../reads.ts";
import { TagsTab } from "../tags-tab.tsx";
import { ExecPanel } from "../terminal/exec-panel.tsx";
import type { Task } from "../types.ts";
import { ecs } from "../words.ts";
import { Containers } from "./containers.tsx";
import { messages } from "./messages.ts";
import { StopTasks } from "./stop-tasks.tsx";
import { TaskNetwork } from "./task-network.tsx";
import { TaskConfiguration, TaskOverview } from "./task-overview.tsx";
import { TaskSecrets } from "./task-secrets.tsx";
import { TaskTimeline } from "./task-timeline.tsx";

export default function TaskPage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const { cluster = "", task = "" } = useParams();
  const [isStopping, setStopping] = useState(false);
  const read = useTask(cluster, task);
  return (
    <>
      <DetailsPage
        title={task}
        breadcrumbs={[
          { text: e.service, to: "/ecs/clusters" },
          { text: e.clusters, to: "/ecs/clusters" },
          { text: cluster, to: to.cluster(cluster) },
          { text: e.tasks, to: `${to.cluster(cluster)}?tab=tasks` },
        ]}
        read={read}
        actions={({ desiredStatus }) => (
          <Button disabled={desiredStatus === "STOPPED"} onClick={() => setStopping(true)}>
            {t.stop}
          </Button>
        )}
      >
        {(found) => (
          <SpaceBetween size="l">
            <Warnings cluster={cluster} task={found} />
            <TaskOverview task={found} />
            <PageTabs
              tabs={[
                {
                  id: "configuration",
                  label: e.configuration,
                  content: (
                    <SpaceBetween size="l">
                      <Containers read={read} task={found} />
                      <TaskConfiguration cluster={cluster} task={found} />
                      <TaskTimeline task={found} />
                    </SpaceBetween>
                  ),
                },
                { id: "secrets", label: e.secrets, content: <TaskSecrets held={heldBy(found.tags)} read={read} /> },
                {
                  id: "logs",
                  label: e.logs,
                  content: <LiveLogs tasks={[found]} hasTaskNames={false} beginning={found.createdAt ?? 0} />,
                },
                { id: "networking", label: e.networking, content: <TaskNetwork task={found} read={read} /> },
                { id: "terminal", label: t.terminal, content: <ExecPanel cluster={cluster} task={found} /> },
                {
                  id: "tags",
                  label: words.tags,
                  content: <TagsTab arn={found.taskArn} tags={tagPairs([...ownTags(found.tags)])} read={read} />,
                },
              ]}
            />
          </SpaceBetween>
        )}
      </DetailsPage>
      {isStopping && read.data && (
        <StopTasks cluster={cluster} tasks={[read.data]} onClose={() => setStopping(false)} />
      )}
    </>
  );
}

/** Why it stopped, and that it holds what is no longer current: what its reader has to know first. */
function Warnings({ cluster, task }: { readonly cluster: string; readonly task: Task }) {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const isStale = heldBy(task.tags).secrets.some(({ state }) => state !== "current");
  const service = task.group?.startsWith("service:") ? task.group.slice("service:".length) : undefined;
  const isExpected = ["UserInitiated", "ServiceSchedulerInitiated"].includes(task.stopCode ?? "");
  if (task.stoppedReason === undefined && !isStale) return null;
  return (
    <SpaceBetween size="s">
      {task.stoppedReason !== undefined && (
        <Alert type={isExpected ? "info" : "error"} header={task.stopCode ?? t.stoppedReason}>
          <Text>{task.stoppedReason}</Text>
        </Alert>
      )}
      {isStale && task.desiredStatus !== "STOPPED" && (
        <Alert
          type="warning"
          header={t.staleTask}
          action={
            service !== undefined && (
              <Button onClick={() => void navigate(to.service(cluster, service))}>{t.toService}</Button>
            )
          }
        >
          {service === undefined ? t.staleAlone : t.staleService}
        </Alert>
      )}
    </SpaceBetween>
  );
}
