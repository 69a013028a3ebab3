import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { Copyable } from "../../../parts/copyable.tsx";
import { ResourceTable, type ResourceTableProps } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Status } from "../status.tsx";
import type { Container, Task } from "../types.ts";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";

/** The containers of a task, with why each stopped. */
export function Containers({
  read,
  task,
}: {
  readonly read: Omit<ResourceTableProps<Container>["read"], "data">;
  readonly task: Task;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  return (
    <ResourceTable<Container>
      id="ecs-containers"
      title={t.containers}
      read={{ ...read, data: task.containers ?? [] }}
      trackBy={({ name = "" }) => name}
      columns={[
        {
          id: "name",
          width: 170,
          header: t.containerName,
          isRowHeader: true,
          value: ({ name }) => name,
          cell: ({ name }) => <Text>{name}</Text>,
        },
        {
          id: "status",
          width: 140,
          header: words.status,
          value: ({ lastStatus }) => lastStatus,
          cell: ({ lastStatus }) => <Status of={lastStatus} />,
        },
        {
          id: "health",
          width: 170,
          header: e.health,
          value: ({ healthStatus }) => healthStatus,
          cell: ({ healthStatus }) => <Status of={healthStatus} />,
        },
        {
          id: "image",
          width: 300,
          header: t.image,
          value: ({ image }) => image,
          cell: ({ image }) => <Text>{image}</Text>,
        },
        {
          id: "exit",
          width: 130,
          header: t.exitCode,
          value: ({ exitCode }) => exitCode,
          cell: ({ exitCode }) => exitCode ?? "-",
        },
        {
          id: "reason",
          width: 360,
          header: t.reason,
          value: ({ reason }) => reason,
          cell: ({ reason }) => <Text>{reason}</Text>,
        },
        {
          id: "cpu",
          width: 100,
          header: e.cpu,
          isVisible: false,
          value: ({ cpu }) => Number(cpu ?? 0),
          cell: ({ cpu }) => cpu ?? "-",
        },
        {
          id: "memory",
          width: 130,
          header: `${e.memory} (MiB)`,
          isVisible: false,
          value: ({ memory }) => Number(memory ?? 0),
          cell: ({ memory }) => memory ?? "-",
        },
        {
          id: "digest",
          width: 320,
          header: t.digest,
          isVisible: false,
          value: ({ imageDigest }) => imageDigest,
          cell: ({ imageDigest }) => <Copyable>{imageDigest}</Copyable>,
        },
        {
          id: "runtime",
          width: 320,
          header: t.runtimeId,
          isVisible: false,
          value: ({ runtimeId }) => runtimeId,
          cell: ({ runtimeId }) => <Copyable>{runtimeId}</Copyable>,
        },
      ]}
      empty={{ title: "-" }}
    />
  );
}
