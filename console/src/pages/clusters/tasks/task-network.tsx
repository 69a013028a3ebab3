import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMessages } from "../../../i18n/messages.ts";
import { Copyable } from "../../../parts/copyable.tsx";
import { Details } from "../../../parts/details.tsx";
import { ResourceTable, type ResourceTableProps } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import type { Task } from "../types.ts";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";

interface Binding {
  readonly container: string;
  readonly containerPort: string;
  readonly address: string;
  readonly protocol: string;
}

/** The address of a task, and the ports of its machine that lead to its containers. */
export function TaskNetwork({
  task,
  read,
}: {
  readonly task: Task;
  readonly read: Omit<ResourceTableProps<Binding>["read"], "data">;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const network = task.attachments?.find(({ type }) => type === "ElasticNetworkInterface");
  const detail = (wanted: string) => network?.details?.find(({ name }) => name === wanted)?.value;
  return (
    <SpaceBetween size="l">
      {network ? (
        <Details
          title={t.network}
          items={[
            { label: t.privateIp, value: <Copyable>{detail("privateIPv4Address")}</Copyable> },
            { label: t.eni, value: <Copyable>{detail("networkInterfaceId")}</Copyable> },
            { label: t.subnet, value: <Copyable>{detail("subnetId")}</Copyable> },
            { label: t.mac, value: <Text>{detail("macAddress")}</Text> },
            { label: t.dns, value: <Text>{detail("privateDnsName")}</Text> },
          ]}
        />
      ) : (
        <Box color="text-body-secondary">{t.noNetwork}</Box>
      )}
      <ResourceTable<Binding>
        id="ecs-task-ports"
        title={t.ports}
        read={{ ...read, data: bindingsOf(task) }}
        trackBy={({ container, containerPort, address, protocol }) =>
          `${container} ${containerPort} ${address} ${protocol}`
        }
        columns={[
          {
            id: "container",
            header: e.container,
            isRowHeader: true,
            value: ({ container }) => container,
            cell: ({ container }) => <Text>{container}</Text>,
          },
          {
            id: "port",
            header: t.containerPort,
            value: ({ containerPort }) => containerPort,
            cell: ({ containerPort }) => containerPort,
          },
          {
            id: "host",
            header: t.hostPort,
            value: ({ address }) => address,
            cell: ({ address }) => <Text>{address}</Text>,
          },
          { id: "protocol", header: t.protocol, value: ({ protocol }) => protocol, cell: ({ protocol }) => protocol },
        ]}
        empty={{ title: t.noPorts }}
      />
    </SpaceBetween>
  );
}

function bindingsOf({ containers = [] }: Task): readonly Binding[] {
  return containers.flatMap(({ name = "", networkBindings = [] }) =>
    networkBindings.map(
      ({ bindIP = "", containerPort, containerPortRange, hostPort, hostPortRange, protocol = "tcp" }) => ({
        container: name,
        containerPort: String(containerPort ?? containerPortRange ?? "-"),
        address: `${bindIP.includes(":") ? `[${bindIP}]` : bindIP}:${hostPort ?? hostPortRange ?? "-"}`,
        protocol,
      }),
    ),
  );
}
