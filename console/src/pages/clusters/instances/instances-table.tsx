import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { To } from "../../../parts/links.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { useInstances } from "../reads.ts";
import { Status } from "../status.tsx";
import { ecs } from "../words.ts";
import { ChangeState } from "./change-state.tsx";
import { messages } from "./messages.ts";
import { integerOf } from "./resources.ts";

/** The machines of a cluster. */
export function InstancesTable({ cluster }: { readonly cluster: string }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const read = useInstances(cluster);
  const [asked, setAsked] = useState<{
    readonly status: "ACTIVE" | "DRAINING";
    readonly instances: readonly string[];
  }>();
  return (
    <>
      <ResourceTable
        id="ecs-container-instances"
        title={e.containerInstances}
        read={read}
        trackBy={({ containerInstanceArn }) => nameOf(containerInstanceArn)}
        selection="multi"
        filterPlaceholder={t.find}
        actions={(selected) => {
          const ask = (status: "ACTIVE" | "DRAINING") =>
            setAsked({ status, instances: selected.map(({ containerInstanceArn = "" }) => containerInstanceArn) });
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!selected.some(({ status }) => status === "DRAINING")} onClick={() => ask("ACTIVE")}>
                {t.activate}
              </Button>
              <Button disabled={!selected.some(({ status }) => status === "ACTIVE")} onClick={() => ask("DRAINING")}>
                {t.drain}
              </Button>
            </SpaceBetween>
          );
        }}
        columns={[
          {
            id: "instance",
            width: 310,
            header: e.containerInstance,
            isRowHeader: true,
            value: ({ containerInstanceArn }) => nameOf(containerInstanceArn),
            cell: ({ containerInstanceArn }) => (
              <To to={to.containerInstance(cluster, nameOf(containerInstanceArn))}>
                <Text>{nameOf(containerInstanceArn)}</Text>
              </To>
            ),
          },
          {
            id: "id",
            width: 180,
            header: t.instanceId,
            value: ({ ec2InstanceId }) => ec2InstanceId,
            cell: ({ ec2InstanceId }) => <Text>{ec2InstanceId}</Text>,
          },
          {
            id: "status",
            width: 130,
            header: words.status,
            value: ({ status }) => status,
            cell: ({ status }) => <Status of={status} />,
          },
          {
            id: "agent",
            width: 160,
            header: t.agent,
            value: ({ agentConnected }) => String(agentConnected),
            cell: ({ agentConnected }) => <Connected is={agentConnected ?? false} />,
          },
          {
            id: "running",
            width: 150,
            header: t.running,
            value: ({ runningTasksCount }) => runningTasksCount,
            cell: ({ runningTasksCount }) => runningTasksCount ?? 0,
          },
          {
            id: "cpu",
            width: 200,
            header: e.cpu,
            value: ({ remainingResources }) => integerOf(remainingResources, "CPU"),
            cell: ({ remainingResources, registeredResources }) =>
              t.available(integerOf(remainingResources, "CPU") ?? 0, integerOf(registeredResources, "CPU") ?? 0),
          },
          {
            id: "memory",
            width: 220,
            header: `${e.memory} (MiB)`,
            value: ({ remainingResources }) => integerOf(remainingResources, "MEMORY"),
            cell: ({ remainingResources, registeredResources }) =>
              t.available(integerOf(remainingResources, "MEMORY") ?? 0, integerOf(registeredResources, "MEMORY") ?? 0),
          },
          {
            id: "version",
            width: 150,
            header: t.agentVersion,
            isVisible: false,
            value: ({ versionInfo }) => versionInfo?.agentVersion,
            cell: ({ versionInfo }) => <Text>{versionInfo?.agentVersion}</Text>,
          },
          {
            id: "registered",
            width: 240,
            header: t.registeredAt,
            isVisible: false,
            value: ({ registeredAt }) => registeredAt,
            cell: ({ registeredAt }) => <Time at={registeredAt} />,
          },
        ]}
        empty={{ title: t.empty, text: t.emptyText }}
      />
      {asked && <ChangeState cluster={cluster} {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

export function Connected({ is }: { readonly is: boolean }) {
  const t = useMessages(messages);
  return <StatusIndicator type={is ? "success" : "error"}>{is ? t.connected : t.disconnected}</StatusIndicator>;
}
