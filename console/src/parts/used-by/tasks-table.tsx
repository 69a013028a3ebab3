import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { nameOf } from "../addresses.ts";
import { DefinitionLink } from "../definition-link.tsx";
import { HeldState } from "../held-state.tsx";
import { ArnLink } from "../links.tsx";
import { ResourceTable, type ResourceTableProps } from "../resource-table.tsx";
import { Text } from "../text.tsx";
import { messages } from "./messages.ts";
import { ClusterLink, ServiceLink } from "./places.tsx";
import type { TaskUse } from "./uses.ts";

export function TasksTable({ read, of }: { readonly read: ResourceTableProps<TaskUse>["read"]; readonly of: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  return (
    <ResourceTable<TaskUse>
      id="used-by-tasks"
      title={t.tasks}
      read={read}
      trackBy={({ arn }) => arn}
      empty={{ title: t.emptyTasks }}
      columns={[
        {
          id: "task",
          header: t.task,
          isRowHeader: true,
          width: 300,
          value: ({ arn }) => nameOf(arn),
          cell: ({ arn }) => (
            <ArnLink arn={arn}>
              <Text>{nameOf(arn)}</Text>
            </ArnLink>
          ),
        },
        {
          id: "service",
          header: t.service,
          width: 160,
          value: ({ service }) => service,
          cell: ({ clusterArn, service }) => <ServiceLink clusterArn={clusterArn} name={service} />,
        },
        {
          id: "version",
          header: words.version,
          // A parameter's version is a number, a secret's an id of 36 characters.
          width: of.split(":")[2] === "ssm" ? 110 : 320,
          value: ({ held }) => held.map(({ version }) => version).join(" "),
          cell: ({ held }) =>
            held.length === 0
              ? "-"
              : held.map(({ version }) => (
                  <div key={version}>
                    <Text code>{version}</Text>
                  </div>
                )),
        },
        {
          id: "state",
          header: t.state,
          width: 220,
          value: ({ held, isForPullOnly }) =>
            held.map(({ state }) => state).join(" ") || (isForPullOnly ? t.pullOnly : t.notTold),
          cell: (task) => <TaskState task={task} />,
        },
        {
          id: "containers",
          header: t.containers,
          width: 160,
          value: ({ held }) => held.flatMap(({ containers }) => containers).join(", "),
          cell: ({ held }) => <Text>{held.flatMap(({ containers }) => containers).join(", ")}</Text>,
        },
        { id: "status", header: words.status, width: 140, value: ({ status }) => status, cell: ({ status }) => status },
        {
          id: "definition",
          header: t.definition,
          width: 200,
          value: ({ definitionArn }) => nameOf(definitionArn),
          cell: ({ definitionArn }) => <DefinitionLink arn={definitionArn} />,
        },
        {
          id: "cluster",
          header: t.cluster,
          isVisible: false,
          value: ({ clusterArn }) => nameOf(clusterArn),
          cell: ({ clusterArn }) => <ClusterLink arn={clusterArn} />,
        },
      ]}
    />
  );
}

function TaskState({ task: { held, isForPullOnly } }: { readonly task: TaskUse }) {
  const t = useMessages(messages);
  if (held.length === 0) {
    return <StatusIndicator type="info">{isForPullOnly ? t.pullOnly : t.notTold}</StatusIndicator>;
  }
  return held.map(({ version, state }) => (
    <div key={version}>
      <HeldState state={state} />
    </div>
  ));
}
