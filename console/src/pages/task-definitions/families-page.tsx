import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useNavigate, useSearchParams } from "react-router";
import { useList } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { withParams } from "../../parts/table-address.ts";
import { Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";

export default function FamiliesPage() {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const isInactive = search.has("inactive");
  const read = useList(
    "ecs",
    "ListTaskDefinitionFamilies",
    { status: isInactive ? "INACTIVE" : "ACTIVE", maxResults: 100 },
    "families",
  );
  const create = (
    <Button variant="primary" onClick={() => void navigate("/ecs/create-task-definition")}>
      {t.createNew}
    </Button>
  );
  return (
    <Page
      title={t.taskDefinitions}
      breadcrumbs={[{ text: t.service, to: "/ecs/task-definitions" }]}
      contentType="table"
    >
      <ResourceTable<string>
        id="ecs-families"
        variant="full-page"
        title={t.taskDefinitions}
        read={read}
        trackBy={(family) => family}
        selection="single"
        sortedBy={{ id: "family" }}
        filterPlaceholder={t.find}
        empty={{ title: t.noDefinitions, text: t.noDefinitionsText, action: create }}
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
        actions={([family]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={family === undefined}
              onClick={() =>
                void navigate(`/ecs/create-task-definition?${new URLSearchParams({ from: family ?? "" })}`)
              }
            >
              {t.createRevision}
            </Button>
            {create}
          </SpaceBetween>
        )}
        columns={[
          {
            id: "family",
            header: t.taskDefinitions,
            isRowHeader: true,
            value: (family) => family,
            cell: (family) => (
              <To to={to.taskDefinitionFamily(family)}>
                <Text>{family}</Text>
              </To>
            ),
          },
          {
            id: "status",
            header: t.latest,
            cell: (family) => (isInactive ? t.inactive : <To to={to.taskDefinition(family, "latest")}>{t.latest}</To>),
          },
        ]}
      />
    </Page>
  );
}
