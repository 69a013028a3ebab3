import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { DefinitionLink } from "../../../parts/definition-link.tsx";
import { heldBy } from "../../../parts/held.ts";
import { To } from "../../../parts/links.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { type TasksOf, useTasks, type WantedTasks } from "../reads.ts";
import { Status } from "../status.tsx";
import type { Task } from "../types.ts";
import { ecs } from "../words.ts";
import { HeldSummary } from "./held-summary.tsx";
import { messages } from "./messages.ts";
import { StopTasks } from "./stop-tasks.tsx";

/** The tasks of a cluster, a service or a container instance. */
export function TasksTable(of: Omit<TasksOf, "wanted">) {
  const { cluster } = of;
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<WantedTasks>("RUNNING");
  const [stopping, setStopping] = useState<readonly Task[]>([]);
  const read = useTasks({ ...of, wanted });
  const options = [
    { value: "RUNNING", label: t.running },
    { value: "STOPPED", label: t.stopped },
    { value: "ALL", label: t.any },
  ];
  return (
    <>
      <ResourceTable
        id="ecs-tasks"
        title={e.tasks}
        read={read}
        trackBy={({ taskArn = "" }) => nameOf(taskArn)}
        selection="multi"
        filterPlaceholder={t.find}
        sortedBy={{ id: "created", isDescending: true }}
        filters={
          <Select
            ariaLabel={t.filterStatus}
            inlineLabelText={t.filterStatus}
            selectedOption={options.find(({ value }) => value === wanted) ?? null}
            options={options}
            onChange={({ detail }) => setWanted(detail.selectedOption.value as WantedTasks)}
          />
        }
        actions={(selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={!selected.some(({ lastStatus }) => lastStatus !== "STOPPED")}
              onClick={() => setStopping(selected.filter(({ lastStatus }) => lastStatus !== "STOPPED"))}
            >
              {t.stopSelected}
            </Button>
            {of.serviceName === undefined && (
              <Button variant="primary" onClick={() => void navigate(to.runTask(cluster))}>
                {e.runTask}
              </Button>
            )}
          </SpaceBetween>
        )}
        columns={[
          {
            id: "task",
            width: 310,
            header: e.task,
            isRowHeader: true,
            value: ({ taskArn }) => nameOf(taskArn),
            cell: ({ taskArn }) => (
              <To to={to.task(cluster, nameOf(taskArn))}>
                <Text>{nameOf(taskArn)}</Text>
              </To>
            ),
          },
          {
            id: "status",
            width: 150,
            header: e.lastStatus,
            value: ({ lastStatus }) => lastStatus,
            cell: ({ lastStatus }) => <Status of={lastStatus} />,
          },
          {
            id: "desired",
            width: 180,
            header: e.desiredStatus,
            value: ({ desiredStatus }) => desiredStatus,
            cell: ({ desiredStatus }) => <Status of={desiredStatus} />,
          },
          {
            id: "definition",
            width: 180,
            header: e.taskDefinition,
            value: ({ taskDefinitionArn }) => nameOf(taskDefinitionArn),
            cell: ({ taskDefinitionArn }) => <DefinitionLink arn={taskDefinitionArn} />,
          },
          {
            id: "health",
            width: 180,
            header: e.health,
            value: ({ healthStatus }) => healthStatus,
            cell: ({ healthStatus }) => <Status of={healthStatus} />,
          },
          {
            id: "secrets",
            width: 170,
            header: e.secrets,
            value: ({ tags }) => heldBy(tags).secrets.filter(({ state }) => state !== "current").length,
            cell: ({ tags }) => <HeldSummary held={heldBy(tags)} />,
          },
          {
            id: "created",
            width: 260,
            header: e.created,
            value: ({ createdAt }) => createdAt,
            cell: ({ createdAt }) => <Time at={createdAt} seconds />,
          },
          {
            id: "started",
            width: 260,
            header: e.started,
            isVisible: false,
            value: ({ startedAt }) => startedAt,
            cell: ({ startedAt }) => <Time at={startedAt} seconds />,
          },
          {
            id: "launch",
            width: 140,
            header: e.launchType,
            value: ({ launchType }) => launchType,
            cell: ({ launchType }) => launchType ?? "-",
          },
          {
            id: "instance",
            width: 310,
            header: e.containerInstance,
            isVisible: false,
            value: ({ containerInstanceArn }) => nameOf(containerInstanceArn),
            cell: ({ containerInstanceArn }) =>
              containerInstanceArn ? (
                <To to={to.containerInstance(cluster, nameOf(containerInstanceArn))}>
                  <Text>{nameOf(containerInstanceArn)}</Text>
                </To>
              ) : (
                "-"
              ),
          },
          {
            id: "group",
            width: 180,
            header: e.group,
            value: ({ group }) => group,
            cell: ({ group }) => <Text>{group}</Text>,
          },
          {
            id: "reason",
            width: 360,
            header: t.stoppedReason,
            isVisible: wanted !== "RUNNING",
            value: ({ stoppedReason }) => stoppedReason,
            cell: ({ stoppedReason }) => <Text>{stoppedReason}</Text>,
          },
        ]}
        empty={{ title: t.empty, text: t.emptyText }}
      />
      {stopping.length > 0 && <StopTasks cluster={cluster} tasks={stopping} onClose={() => setStopping([])} />}
    </>
  );
}
