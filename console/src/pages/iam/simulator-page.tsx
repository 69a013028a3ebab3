import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { messageOf } from "../../api/error.ts";
import { everyPage } from "../../api/pages.ts";
import { useAction } from "../../data/use-action.ts";
import { useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { OptionalLabel } from "../../parts/optional-label.tsx";
import { Page } from "../../parts/page.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { isolated, Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";
import { contextOf, lines, simulate, type Verdict } from "./simulate.ts";

/** Whether somebody may do something. What is asked is in the address, so that it can be shared. */
export default function SimulatorPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [search, setSearch] = useSearchParams();
  const [principal, setPrincipal] = useState(search.get("principal") ?? "");
  const [actions, setActions] = useState(search.get("actions") ?? "");
  const [resources, setResources] = useState(search.get("resources") ?? "");
  const [context, setContext] = useState("");
  const [isTried, setTried] = useState(false);
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>();
  const principals = useRead(["iam", "principals"], async (api, options) => {
    const [users, groups, roles] = await Promise.all([
      everyPage(api, "iam", "ListUsers", {}, "Users", options),
      everyPage(api, "iam", "ListGroups", {}, "Groups", options),
      everyPage(api, "iam", "ListRoles", {}, "Roles", options),
    ]);
    return {
      users: users.map(({ UserName = "", Arn = "" }) => ({ value: Arn, label: isolated(UserName) })),
      groups: groups.map(({ GroupName = "", Arn = "" }) => ({ value: Arn, label: isolated(GroupName) })),
      roles: roles.map(({ RoleName = "", Arn = "" }) => ({ value: Arn, label: isolated(RoleName) })),
    };
  });
  const { users = [], groups = [], roles = [] } = principals.data ?? {};
  const chosen = [...users, ...groups, ...roles].find(({ value }) => value === principal);
  const entries = contextOf(context);
  const run = useAction(
    (api) => simulate(api, { principal, actions: lines(actions), resources: lines(resources), context: entries ?? [] }),
    { isRead: true },
  );
  async function submit(): Promise<void> {
    setTried(true);
    if (principal === "" || lines(actions).length === 0 || !entries) return;
    setSearch({ principal, actions, resources }, { replace: true });
    setVerdicts(await run.run());
  }
  return (
    <Page title={t.simulator} breadcrumbs={[{ text: "IAM", to: "/iam/users" }]} description={t.simulatorText}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Form
          actions={
            <Button variant="primary" loading={run.isRunning}>
              {t.run}
            </Button>
          }
        >
          <Container>
            <SpaceBetween size="l">
              <FormField label={t.principal} errorText={isTried && principal === "" ? words.required : undefined}>
                <Select
                  placeholder={t.choosePrincipal}
                  filteringType="auto"
                  selectedOption={chosen ?? (principal === "" ? null : { value: principal, label: principal })}
                  options={[
                    { label: t.user, options: users },
                    { label: t.group, options: groups },
                    { label: t.role, options: roles },
                  ].filter(({ options }) => options.length > 0)}
                  statusType={principals.error ? "error" : principals.isPending ? "loading" : "finished"}
                  errorText={principals.error ? messageOf(principals.error) : ""}
                  onChange={({ detail }) => setPrincipal(detail.selectedOption.value ?? "")}
                />
              </FormField>
              <FormField
                label={t.actions}
                description={t.actionsText}
                errorText={isTried && lines(actions).length === 0 ? words.required : undefined}
              >
                <Textarea
                  value={actions}
                  rows={3}
                  spellcheck={false}
                  onChange={({ detail }) => setActions(detail.value)}
                />
              </FormField>
              <FormField label={<OptionalLabel>{t.resources}</OptionalLabel>} description={t.resourcesText}>
                <Textarea
                  value={resources}
                  rows={3}
                  spellcheck={false}
                  onChange={({ detail }) => setResources(detail.value)}
                />
              </FormField>
              <FormField
                label={<OptionalLabel>{t.context}</OptionalLabel>}
                description={t.contextText}
                errorText={entries ? undefined : t.contextInvalid}
              >
                <Textarea
                  value={context}
                  rows={2}
                  spellcheck={false}
                  onChange={({ detail }) => setContext(detail.value)}
                />
              </FormField>
              <Problem error={run.error} />
            </SpaceBetween>
          </Container>
        </Form>
      </form>
      <Results verdicts={verdicts ?? []} isRunning={run.isRunning} onAgain={() => void submit()} />
    </Page>
  );
}

function Results({
  verdicts,
  isRunning,
  onAgain,
}: {
  readonly verdicts: readonly Verdict[];
  readonly isRunning: boolean;
  readonly onAgain: () => void;
}) {
  const t = useMessages(messages);
  return (
    <ResourceTable<Verdict>
      id="iam-simulation"
      wrapLines
      title={t.results}
      read={{ data: verdicts, error: undefined, isFetching: isRunning, refetch: onAgain }}
      trackBy={({ action, resource }) => `${action} ${resource}`}
      filterPlaceholder={t.findResults}
      empty={{ title: t.noResults }}
      columns={[
        {
          id: "action",
          header: t.action,
          isRowHeader: true,
          width: 240,
          value: ({ action }) => action,
          cell: ({ action }) => <Text>{action}</Text>,
        },
        {
          id: "resource",
          header: t.resource,
          width: 340,
          value: ({ resource }) => resource,
          cell: ({ resource }) => <Text>{resource}</Text>,
        },
        {
          id: "decision",
          header: t.decision,
          width: 230,
          value: ({ decision }) => decision,
          cell: ({ decision }) =>
            decision === "allowed" ? (
              <StatusIndicator type="success">{t.allowed}</StatusIndicator>
            ) : (
              <StatusIndicator type="error">
                {decision === "explicitDeny" ? t.explicitDeny : t.implicitDeny}
              </StatusIndicator>
            ),
        },
        {
          id: "statements",
          header: t.deciding,
          value: ({ statements }) => statements.map(({ policy }) => policy).join(" "),
          cell: ({ statements, missing, isOutsideBoundary }) => (
            <>
              {statements.map(({ policy, line }) => (
                <div key={`${policy} ${line}`}>
                  <Text>{t.statementAt(policy, line)}</Text>
                </div>
              ))}
              {isOutsideBoundary && <Box color="text-status-error">{t.outsideBoundary}</Box>}
              {missing.length > 0 && (
                <Box color="text-body-secondary">
                  <Text>{t.missingContext(missing.join(", "))}</Text>
                </Box>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
