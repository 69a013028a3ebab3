import type { TaskDefinition } from "@aws-sdk/client-ecs";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { Wire } from "../../../api/wire.ts";
import { useRead } from "../../../data/use-call.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { To } from "../../../parts/links.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { AddPermission } from "./add-permission.tsx";
import { messages, sentences } from "./messages.ts";
import { trustStatement } from "./policy.ts";
import { type Checked, readVerdicts } from "./read-facts.ts";
import { SourceLink } from "./source-link.tsx";
import type { Need, Verdict } from "./verdict.ts";

const types = { ok: "success", warning: "warning", error: "error", unknown: "info" } as const;

/** Every reference of a definition, and whether its execution role gets it. */
export function VerdictsTable({ definition }: { readonly definition: Wire<TaskDefinition> }) {
  const t = useMessages(messages);
  const [needs, setNeeds] = useState<readonly Need[]>();
  const read = useRead(["ecs", "verdicts", definition.taskDefinitionArn], (api, options) =>
    readVerdicts(api, options, definition),
  );
  const all = (read.data ?? []).flatMap(({ verdict }) => verdict.missing ?? []);
  const kinds = { variable: t.kindVariable, "log-option": t.kindLog, registry: t.kindRegistry, file: t.kindFile };
  return (
    <>
      <ResourceTable<Checked>
        id="ecs-verdicts"
        title={t.title}
        description={t.text}
        read={read}
        wrapLines
        trackBy={({ pointer }) => pointer}
        empty={{ title: t.empty, text: t.emptyText }}
        actions={() => (
          <Button disabled={all.length === 0} onClick={() => setNeeds(all)}>
            {t.addAll}
          </Button>
        )}
        columns={[
          {
            id: "container",
            header: t.container,
            width: 120,
            value: ({ container }) => container,
            cell: ({ container }) => <Text>{container}</Text>,
          },
          {
            id: "name",
            header: t.name,
            isRowHeader: true,
            width: 170,
            value: ({ name }) => name,
            cell: ({ name, kind }) => (
              <>
                <Text>{name}</Text>
                <Box variant="small" color="text-body-secondary" display="block">
                  {kinds[kind]}
                </Box>
              </>
            ),
          },
          {
            id: "source",
            header: t.source,
            width: 210,
            value: ({ valueFrom }) => valueFrom,
            cell: ({ valueFrom }) => <SourceLink valueFrom={valueFrom} />,
          },
          {
            id: "verdict",
            header: t.verdict,
            width: 130,
            value: ({ verdict }) => verdict.status,
            cell: ({ verdict }) => <StatusIndicator type={types[verdict.status]}>{t[verdict.status]}</StatusIndicator>,
          },
          {
            id: "reason",
            header: t.reason,
            cell: ({ verdict }) => (
              <Reason
                verdict={verdict}
                role={nameOf(definition.executionRoleArn)}
                onAdd={() => setNeeds(verdict.missing)}
              />
            ),
          },
        ]}
      />
      {needs && (
        <AddPermission
          role={nameOf(definition.executionRoleArn)}
          family={definition.family ?? ""}
          needs={needs}
          onClose={() => setNeeds(undefined)}
        />
      )}
    </>
  );
}

interface ReasonProps {
  readonly verdict: Verdict;
  readonly role: string;
  readonly onAdd: () => void;
}

function Reason({ verdict: { rule, parts, missing }, role, onAdd }: ReasonProps) {
  const t = useMessages(messages);
  const say = useMessages(sentences)[rule] as (...parts: readonly string[]) => string;
  if (rule === "resolves") return <>-</>;
  return (
    <SpaceBetween size="xxs">
      <div>
        <Text>{say(...parts)}</Text>
        <Box variant="small" color="text-body-secondary" display="block">
          {rule}
        </Box>
      </div>
      {rule === "role-not-trusted" && (
        <div>
          {t.trust} <Text code>{JSON.stringify(trustStatement)}</Text> <To to={to.role(role)}>{role}</To>
        </div>
      )}
      {missing && (
        <Button variant="inline-link" onClick={onAdd}>
          {t.add}
        </Button>
      )}
    </SpaceBetween>
  );
}
