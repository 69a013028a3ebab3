import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useList } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { familyOf, to } from "../../parts/addresses.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { withParams } from "../../parts/table-address.ts";
import { isolated, Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";

export default function RevisionsPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { family = "" } = useParams();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [doomed, setDoomed] = useState<readonly string[]>();
  const isInactive = search.has("inactive");
  const read = useList(
    "ecs",
    "ListTaskDefinitions",
    { familyPrefix: family, status: isInactive ? "INACTIVE" : "ACTIVE", sort: "DESC", maxResults: 100 },
    "taskDefinitionArns",
  );
  return (
    <Page
      title={family}
      breadcrumbs={[
        { text: t.service, to: "/ecs/task-definitions" },
        { text: t.taskDefinitions, to: "/ecs/task-definitions" },
      ]}
      contentType="table"
    >
      <ResourceTable<string>
        id="ecs-revisions"
        variant="full-page"
        title={isolated(family)}
        read={read}
        trackBy={(arn) => arn}
        selection="multi"
        sortedBy={{ id: "revision", isDescending: true }}
        empty={{ title: t.noDefinitions }}
        filters={
          <Toggle
            checked={isInactive}
            onChange={({ detail }) =>
              setSearch(withParams(search, { inactive: detail.checked ? "" : undefined }), { replace: true })
            }
          >
            {t.showInactive}
          </Toggle>
        }
        actions={(selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length === 0 || isInactive} onClick={() => setDoomed(selected)}>
              {t.deregister}
            </Button>
            <Button disabled={selected.length > 2} onClick={() => void navigate(comparison(family, selected))}>
              {t.compare}
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                const from = selected[0] ? nameWithRevision(selected[0]) : family;
                void navigate(`/ecs/create-task-definition?${new URLSearchParams({ from })}`);
              }}
            >
              {t.createRevision}
            </Button>
          </SpaceBetween>
        )}
        columns={[
          {
            id: "revision",
            header: t.revision,
            isRowHeader: true,
            value: (arn) => Number(familyOf(arn).revision),
            cell: (arn) => (
              <To to={to.taskDefinition(family, familyOf(arn).revision)}>
                <Text>{nameWithRevision(arn)}</Text>
              </To>
            ),
          },
          {
            id: "status",
            header: words.status,
            cell: () =>
              isInactive ? (
                <StatusIndicator type="stopped">{t.inactive}</StatusIndicator>
              ) : (
                <StatusIndicator type="success">{t.active}</StatusIndicator>
              ),
          },
          { id: "arn", header: "ARN", isVisible: false, value: (arn) => arn, cell: (arn) => <Text>{arn}</Text> },
        ]}
      />
      {doomed && <Deregister arns={doomed} onClose={() => setDoomed(undefined)} />}
    </Page>
  );
}

/** Of the two that are selected, of the one with the newest, or of the newest two. */
function comparison(family: string, selected: readonly string[]): string {
  const [first, second] = selected
    .map((arn) => familyOf(arn).revision)
    .sort((one, other) => Number(one) - Number(other));
  const chosen = new URLSearchParams({ ...(first && { from: first }), ...(second && { to: second }) });
  return `${to.taskDefinitionFamily(family)}/compare?${chosen}`;
}

function nameWithRevision(arn: string): string {
  const { family, revision } = familyOf(arn);
  return `${family}:${revision}`;
}

function Deregister({ arns, onClose }: { readonly arns: readonly string[]; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction(async (api) => {
    for (const arn of arns) await api.call("ecs", "DeregisterTaskDefinition", { taskDefinition: arn });
    return arns.length;
  });
  async function run(): Promise<void> {
    const count = await action.run();
    if (count === undefined) return;
    flash({ type: "success", text: t.deregistered(count) });
    onClose();
  }
  return (
    <Dialog
      title={t.deregisterTitle(isolated(arns.map(nameWithRevision).join(", ")))}
      submitText={t.deregister}
      isRunning={action.isRunning}
      error={action.error}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <Box>{t.deregisterText}</Box>
    </Dialog>
  );
}
