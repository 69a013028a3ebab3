import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useParams, useSearchParams } from "react-router";
import { useList, useRead } from "../../../data/use-call.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { familyOf, to } from "../../../parts/addresses.ts";
import { JsonEditor } from "../../../parts/json-editor.tsx";
import { Page } from "../../../parts/page.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { isolated, Text } from "../../../parts/text.tsx";
import { asDocument } from "../document.ts";
import { messages as words } from "../messages.ts";
import { type Difference, differences } from "./differences.ts";
import { messages } from "./messages.ts";

/** Two revisions of a family, `?from=1&to=2`: the newest two unless they are named. */
export default function ComparePage() {
  const t = useMessages(messages);
  const common = useMessages(words);
  const { family = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const input = { familyPrefix: family, sort: "DESC", maxResults: 100 } as const;
  const active = useList("ecs", "ListTaskDefinitions", { ...input, status: "ACTIVE" }, "taskDefinitionArns");
  const inactive = useList("ecs", "ListTaskDefinitions", { ...input, status: "INACTIVE" }, "taskDefinitionArns");
  const revisions = [...(active.data ?? []), ...(inactive.data ?? [])]
    .map((arn) => familyOf(arn).revision)
    .sort((one, other) => Number(other) - Number(one));
  const after = search.get("to") ?? revisions.find((revision) => revision !== search.get("from")) ?? revisions[0];
  const before = search.get("from") ?? revisions.find((revision) => revision !== after) ?? after;

  function selector(name: "from" | "to", label: string, chosen: string | undefined) {
    return (
      <FormField label={label}>
        <Select
          selectedOption={chosen === undefined ? null : { value: chosen, label: `${family}:${chosen}` }}
          options={revisions.map((value) => ({ value, label: `${family}:${value}` }))}
          placeholder={t.choose}
          filteringType="auto"
          statusType={active.isPending ? "loading" : "finished"}
          onChange={({ detail }) => {
            const next = { from: before ?? "", to: after ?? "", [name]: detail.selectedOption.value ?? "" };
            setSearch(next, { replace: true });
          }}
        />
      </FormField>
    );
  }

  return (
    <Page
      title={t.title(isolated(family))}
      breadcrumbs={[
        { text: common.service, to: "/ecs/task-definitions" },
        { text: common.taskDefinitions, to: "/ecs/task-definitions" },
        { text: family, to: to.taskDefinitionFamily(family) },
      ]}
    >
      <Problem error={active.error ?? inactive.error} onRetry={() => void active.refetch()} />
      <Container>
        <ColumnLayout columns={2}>
          {selector("from", t.before, before)}
          {selector("to", t.after, after)}
        </ColumnLayout>
      </Container>
      {before !== undefined && after !== undefined && (
        <Comparison before={`${family}:${before}`} after={`${family}:${after}`} />
      )}
    </Page>
  );
}

function useDocument(taskDefinition: string) {
  return useRead(["ecs", "document", taskDefinition], async (api, options) => {
    const input = { taskDefinition, include: ["TAGS" as const] };
    const { taskDefinition: found = {}, tags } = await api.call("ecs", "DescribeTaskDefinition", input, options);
    return asDocument(found, tags);
  });
}

const types = { added: "success", removed: "error", changed: "info" } as const;

function Comparison({ before, after }: { readonly before: string; readonly after: string }) {
  const t = useMessages(messages);
  const one = useDocument(before);
  const other = useDocument(after);
  const found =
    one.data !== undefined && other.data !== undefined
      ? differences(JSON.parse(one.data), JSON.parse(other.data))
      : undefined;
  return (
    <SpaceBetween size="l">
      <ResourceTable<Difference>
        id="ecs-differences"
        title={t.differences}
        wrapLines
        read={{
          data: found,
          error: one.error ?? other.error,
          isFetching: one.isFetching || other.isFetching,
          refetch: () => Promise.all([one.refetch(), other.refetch()]),
        }}
        trackBy={({ member }) => member}
        empty={{ title: t.same, text: t.sameText }}
        columns={[
          {
            id: "member",
            header: t.member,
            isRowHeader: true,
            width: 320,
            value: ({ member }) => member,
            cell: ({ member }) => <Text>{member}</Text>,
          },
          {
            id: "change",
            header: t.change,
            width: 140,
            value: ({ change }) => change,
            cell: ({ change }) => <StatusIndicator type={types[change]}>{t[change]}</StatusIndicator>,
          },
          {
            id: "before",
            header: `${t.before} ${familyOf(before).revision}`,
            cell: (item) => <Text>{shown(item.before)}</Text>,
          },
          {
            id: "after",
            header: `${t.after} ${familyOf(after).revision}`,
            cell: (item) => <Text>{shown(item.after)}</Text>,
          },
        ]}
      />
      <ExpandableSection variant="container" headerText={t.whole}>
        <ColumnLayout columns={2}>
          <JsonEditor value={one.data ?? ""} readOnly rows={30} label={t.document(isolated(before))} />
          <JsonEditor value={other.data ?? ""} readOnly rows={30} label={t.document(isolated(after))} />
        </ColumnLayout>
      </ExpandableSection>
    </SpaceBetween>
  );
}

function shown(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
