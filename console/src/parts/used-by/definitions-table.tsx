import { useMessages } from "../../i18n/messages.ts";
import { nameOf } from "../addresses.ts";
import { DefinitionLink } from "../definition-link.tsx";
import { ResourceTable, type ResourceTableProps } from "../resource-table.tsx";
import { Text } from "../text.tsx";
import { messages } from "./messages.ts";
import type { Reference } from "./references.ts";
import type { DefinitionUse } from "./uses.ts";

/** A row is one place of a definition. */
type Row = Omit<DefinitionUse, "references"> & Reference;

export function DefinitionsTable({ read }: { readonly read: ResourceTableProps<DefinitionUse>["read"] }) {
  const t = useMessages(messages);
  const rows = read.data?.flatMap(({ references, ...definition }) =>
    references.map((reference): Row => ({ ...definition, ...reference })),
  );
  const placeOf = ({ place, name }: Reference) =>
    place === "variable" || place === "logOption" ? t[place](name) : t[place];
  return (
    <ResourceTable<Row>
      id="used-by-definitions"
      title={t.definitions}
      read={{ ...read, data: rows }}
      trackBy={({ arn, container, place, name, valueFrom }) => [arn, container, place, name, valueFrom].join(" ")}
      sortedBy={{ id: "definition" }}
      empty={{ title: t.emptyDefinitions }}
      columns={[
        {
          id: "definition",
          header: t.definition,
          isRowHeader: true,
          width: 220,
          value: ({ arn }) => nameOf(arn),
          cell: ({ arn }) => <DefinitionLink arn={arn} />,
        },
        {
          id: "revision",
          header: t.revision,
          width: 140,
          value: ({ isLatest }) => (isLatest ? t.latest : t.older),
          cell: ({ isLatest }) => (isLatest ? t.latest : t.older),
        },
        {
          id: "container",
          header: t.container,
          width: 160,
          value: ({ container }) => container,
          cell: ({ container }) => <Text>{container}</Text>,
        },
        { id: "place", header: t.place, width: 260, value: placeOf, cell: (row) => <Text>{placeOf(row)}</Text> },
        {
          id: "value-from",
          header: t.valueFrom,
          width: 420,
          value: ({ valueFrom }) => valueFrom,
          cell: ({ valueFrom }) => <Text code>{valueFrom}</Text>,
        },
      ]}
    />
  );
}
