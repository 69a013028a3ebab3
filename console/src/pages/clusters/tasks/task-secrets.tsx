import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { type Held, type HeldSecret, secretName } from "../../../parts/held.ts";
import { HeldState } from "../../../parts/held-state.tsx";
import { ArnLink } from "../../../parts/links.tsx";
import { ResourceTable, type ResourceTableProps } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";

/** Which version of each secret a task holds, and whether it is what it would get now. */
export function TaskSecrets({
  held,
  read,
}: {
  readonly held: Held;
  readonly read: Omit<ResourceTableProps<HeldSecret>["read"], "data">;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  return (
    <SpaceBetween size="l">
      {held.failure !== undefined && (
        <Alert type="error" header={t.secretsFailure}>
          <Text>{held.failure}</Text>
        </Alert>
      )}
      <ResourceTable<HeldSecret>
        id="ecs-task-secrets"
        title={e.secrets}
        description={`${t.secretsText} ${{ agent: t.learntAgent, "audit-trail": t.learntTrail }[held.learntFrom ?? ""] ?? ""}`}
        read={{ ...read, data: held.secrets }}
        trackBy={({ arn, version }) => `${arn} ${version}`}
        columns={[
          {
            id: "secret",
            width: 260,
            header: t.secret,
            isRowHeader: true,
            value: ({ arn }) => secretName(arn),
            cell: ({ arn }) => (
              <ArnLink arn={arn}>
                <Text>{secretName(arn)}</Text>
              </ArnLink>
            ),
          },
          {
            id: "version",
            width: 330,
            header: words.version,
            value: ({ version }) => version,
            cell: ({ version }) => <Text code>{version}</Text>,
          },
          {
            id: "state",
            width: 220,
            header: t.state,
            value: ({ state }) => state,
            cell: ({ state }) => (
              <>
                <HeldState state={state} />
                {state !== "current" && (
                  <Box color="text-body-secondary" variant="small" display="block">
                    {state === "stale" ? t.staleHelp : t.goneHelp}
                  </Box>
                )}
              </>
            ),
          },
          {
            id: "containers",
            width: 180,
            header: t.containersHolding,
            value: ({ containers }) => containers.join(", "),
            cell: ({ containers }) => <Text>{containers.join(", ")}</Text>,
          },
        ]}
        empty={{ title: t.noSecrets, text: t.noSecretsText }}
      />
    </SpaceBetween>
  );
}
