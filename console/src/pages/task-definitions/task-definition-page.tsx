import type { TaskDefinition } from "@aws-sdk/client-ecs";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useNavigate, useParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useCall } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { ArnLink } from "../../parts/links.tsx";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { TagsTable, tagPairs } from "../../parts/tags.tsx";
import { Time } from "../../parts/time.tsx";
import { ContainersTable, VariablesTable } from "./containers.tsx";
import { messages } from "./messages.ts";
import { PlaintextFindings } from "./plaintext/findings.tsx";
import { VerdictsTable } from "./verdicts/verdicts-table.tsx";

export default function TaskDefinitionPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { family = "", revision = "latest" } = useParams();
  const navigate = useNavigate();
  const name = revision === "latest" ? family : `${family}:${revision}`;
  const read = useCall("ecs", "DescribeTaskDefinition", { taskDefinition: name, include: ["TAGS"] });
  const definition = read.data?.taskDefinition;
  const shown = definition ? `${definition.family}:${definition.revision}` : name;
  return (
    <DetailsPage<Wire<TaskDefinition>>
      title={shown}
      breadcrumbs={[
        { text: t.service, to: "/ecs/task-definitions" },
        { text: t.taskDefinitions, to: "/ecs/task-definitions" },
        { text: family, to: to.taskDefinitionFamily(family) },
      ]}
      read={{ ...read, data: definition }}
      actions={() => (
        <SpaceBetween direction="horizontal" size="xs">
          <ButtonDropdown
            items={[
              { id: "run-task", text: t.runTask },
              { id: "create-service", text: t.createService },
            ]}
            onItemClick={({ detail }) =>
              void navigate(`/ecs/${detail.id}?${new URLSearchParams({ taskDefinition: shown })}`)
            }
          >
            {t.deploy}
          </ButtonDropdown>
          <Button onClick={() => void navigate(`${to.taskDefinitionFamily(family)}/compare?${comparedTo(definition)}`)}>
            {t.compare}
          </Button>
          <Button
            variant="primary"
            onClick={() => void navigate(`/ecs/create-task-definition?${new URLSearchParams({ from: shown })}`)}
          >
            {t.createRevision}
          </Button>
        </SpaceBetween>
      )}
    >
      {(found) => (
        <SpaceBetween size="l">
          <PlaintextFindings definition={found} tags={read.data?.tags} />
          <Overview definition={found} />
          <PageTabs
            tabs={[
              {
                id: "containers",
                label: t.containers,
                content: (
                  <SpaceBetween size="l">
                    <ContainersTable definition={found} />
                    <VariablesTable definition={found} />
                    <VerdictsTable definition={found} />
                  </SpaceBetween>
                ),
              },
              {
                id: "json",
                label: t.json,
                content: <JsonEditor value={JSON.stringify(found, null, 2)} readOnly rows={36} ariaLabel={t.json} />,
              },
              {
                id: "tags",
                label: words.tags,
                content: <TagsTable read={{ ...read, data: tagPairs(read.data?.tags) }} />,
              },
            ]}
          />
        </SpaceBetween>
      )}
    </DetailsPage>
  );
}

/** The revision before it, if it is not the first, against this one. */
function comparedTo({ revision = 1 }: Wire<TaskDefinition> = {}): URLSearchParams {
  return new URLSearchParams({ ...(revision > 1 && { from: String(revision - 1) }), to: String(revision) });
}

function Overview({ definition }: { readonly definition: Wire<TaskDefinition> }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { status, requiresCompatibilities = [], compatibilities = [], cpu, memory } = definition;
  return (
    <Details
      title={t.overview}
      columns={4}
      items={[
        { label: "ARN", value: <Copyable>{definition.taskDefinitionArn}</Copyable> },
        {
          label: words.status,
          value:
            status === "ACTIVE" ? (
              <StatusIndicator type="success">{t.active}</StatusIndicator>
            ) : (
              <StatusIndicator type="stopped">{status === "INACTIVE" ? t.inactive : (status ?? "-")}</StatusIndicator>
            ),
        },
        { label: t.registeredAt, value: <Time at={definition.registeredAt} seconds /> },
        { label: t.registeredBy, value: <ArnLink arn={definition.registeredBy} /> },
        {
          label: t.compatibilities,
          value: (requiresCompatibilities.length > 0 ? requiresCompatibilities : compatibilities).join(", ") || "-",
        },
        { label: t.networkMode, value: definition.networkMode },
        { label: t.size, value: cpu || memory ? `CPU ${cpu ?? "-"}, ${memory ?? "-"} MiB` : "-" },
        { label: t.architecture, value: definition.runtimePlatform?.cpuArchitecture },
        { label: t.taskRole, value: <ArnLink arn={definition.taskRoleArn} /> },
        { label: t.executionRole, value: <ArnLink arn={definition.executionRoleArn} /> },
      ]}
    />
  );
}
