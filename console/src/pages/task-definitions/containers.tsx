import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import type { Wire } from "../../api/wire.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";
import { SourceLink } from "./verdicts/source-link.tsx";

interface Shown {
  readonly definition: Wire<TaskDefinition>;
}

/** What is at hand needs no reading. */
function atHand<Item>(data: readonly Item[]) {
  return { data, error: undefined, isFetching: false, refetch: () => undefined };
}

export function ContainersTable({ definition }: Shown) {
  const t = useMessages(messages);
  const words = useMessages(common);
  return (
    <ResourceTable<Wire<ContainerDefinition>>
      id="ecs-containers"
      title={t.containers}
      read={atHand(definition.containerDefinitions ?? [])}
      trackBy={({ name = "" }) => name}
      empty={{ title: t.containers }}
      columns={[
        {
          id: "name",
          header: t.name,
          isRowHeader: true,
          width: 180,
          value: ({ name }) => name,
          cell: ({ name }) => <Text>{name}</Text>,
        },
        {
          id: "image",
          header: t.image,
          width: 280,
          value: ({ image }) => image,
          cell: ({ image }) => <Text>{image}</Text>,
        },
        {
          id: "essential",
          header: t.essential,
          width: 150,
          value: ({ essential }) => String(essential ?? true),
          cell: ({ essential }) => (essential === false ? words.no : words.yes),
        },
        {
          id: "ports",
          header: t.portMappings,
          width: 160,
          cell: ({ portMappings = [] }) =>
            portMappings.map(({ containerPort, protocol }) => `${containerPort}/${protocol ?? "tcp"}`).join(", ") ||
            "-",
        },
        { id: "cpu", header: t.cpu, width: 90, value: ({ cpu }) => cpu, cell: ({ cpu }) => cpu ?? "-" },
        {
          id: "memory",
          header: t.memory,
          width: 130,
          cell: ({ memory, memoryReservation }) => `${memory ?? "-"} / ${memoryReservation ?? "-"}`,
        },
        {
          id: "log",
          header: t.logDriver,
          width: 140,
          value: ({ logConfiguration }) => logConfiguration?.logDriver,
          cell: ({ logConfiguration }) => <Text>{logConfiguration?.logDriver}</Text>,
        },
      ]}
    />
  );
}

interface Row {
  readonly container: string;
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** Environment variables, and options of log drivers that come from a store, of all containers. */
export function VariablesTable({ definition }: Shown) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const rows = (definition.containerDefinitions ?? []).flatMap(variablesOf);
  return (
    <ResourceTable<Row>
      id="ecs-variables"
      title={t.environmentVariables}
      read={atHand(rows)}
      trackBy={({ container, name, type }) => `${container}/${type}/${name}`}
      empty={{ title: t.noLabels }}
      columns={[
        {
          id: "container",
          header: t.container(0).replace(/ - 0$/, ""),
          width: 160,
          value: ({ container }) => container,
          cell: ({ container }) => <Text>{container}</Text>,
        },
        {
          id: "name",
          header: words.key,
          isRowHeader: true,
          width: 220,
          value: ({ name }) => name,
          cell: ({ name }) => <Text>{name}</Text>,
        },
        { id: "type", header: t.valueType, width: 170, value: ({ type }) => type, cell: ({ type }) => type },
        {
          id: "value",
          header: words.value,
          value: ({ value }) => value,
          cell: ({ value, type }) => (type === "Value" ? <Text>{value}</Text> : <SourceLink valueFrom={value} />),
        },
      ]}
    />
  );
}

function variablesOf({
  name: container = "",
  environment = [],
  secrets = [],
  logConfiguration,
}: Wire<ContainerDefinition>) {
  return [
    ...environment.map(({ name = "", value = "" }) => ({ container, name, type: "Value", value })),
    ...secrets.map(({ name = "", valueFrom = "" }) => ({ container, name, type: "ValueFrom", value: valueFrom })),
    ...(logConfiguration?.secretOptions ?? []).map(({ name = "", valueFrom = "" }) => ({
      ...{ container, name, type: "ValueFrom (log)", value: valueFrom },
    })),
  ];
}
