import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import TreeView from "@cloudscape-design/components/tree-view";
import { useState } from "react";
import { useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { ArnLink } from "../../parts/links.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Text } from "../../parts/text.tsx";
import type { RecordedDecision } from "./event.ts";
import { messages } from "./messages.ts";
import { type NamedDocument, policiesOf, principalOf } from "./policies-of.ts";
import { conditionKeys, mismatches, statementsOf } from "./statements.ts";

interface Branch {
  readonly id: string;
  readonly text: string;
  readonly status: StatusIndicatorProps.Type;
  readonly below?: readonly Branch[];
}

/** A denial as it was recorded, and policy by policy what the caller's policies say about it now. */
export function DecisionTree({ decision }: { readonly decision: RecordedDecision }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [closed, setClosed] = useState<readonly string[]>([]);
  const { action, resource, principal: arn, effect, by, statement } = decision;
  const principal = principalOf(arn);
  const read = useRead(
    ["iam", "decision", arn, action, resource],
    async (api, options) => {
      if (!principal) return undefined;
      const input = { PolicySourceArn: principal.arn, ActionNames: [action], ResourceArns: [resource] };
      const [policies, { EvaluationResults: [result] = [] }] = await Promise.all([
        policiesOf(api, principal, options),
        api.call("iam", "SimulatePrincipalPolicy", input, options),
      ]);
      return { policies, result };
    },
    { enabled: principal !== undefined },
  );
  const { policies, result } = read.data ?? {};

  const kinds = {
    root: t.identityKind,
    identity: t.identityKind,
    resource: t.resourceKind,
    grant: t.grantKind,
    session: t.sessionKind,
    boundary: t.boundaryKind,
  };
  const reason =
    effect === "explicit-deny" && statement
      ? t.someDenied(kinds[by], statement.policy, statement.index + 1)
      : t.noneAllows(kinds[by]);
  const verdict = result?.EvalDecision;
  const tree: readonly Branch[] = [
    {
      id: "denied",
      text: t.denied(action, resource),
      status: "error",
      below: [
        { id: "by", text: t.by(arn), status: "info" },
        { id: "reason", text: reason, status: "error" },
        ...(policies ? [now(policies)] : []),
      ],
    },
  ];

  function now(documents: readonly NamedDocument[]): Branch {
    return {
      id: "now",
      text: verdict === undefined ? t.now : `${t.now} - ${t.verdict(verdictText(verdict))}`,
      status: verdict === "allowed" ? "success" : "error",
      below:
        documents.length === 0
          ? [{ id: "none", text: t.noPolicies, status: "stopped" }]
          : documents.map((document, index) => policyBranch(document, `policy-${index}`)),
    };
  }

  function verdictText(text: string): string {
    return text === "allowed" ? t.allowed : text === "explicitDeny" ? t.explicitDeny : t.implicitDeny;
  }

  function policyBranch({ name, document }: NamedDocument, id: string): Branch {
    const statements = statementsOf(document);
    const below = statements.map((one, index): Branch => {
      const wrong = mismatches(one, action, resource);
      const keys = conditionKeys(one);
      const ownId = `${id}-${index}`;
      const leaves: readonly Branch[] =
        wrong.length > 0
          ? wrong.map(({ element, values }) => ({
              id: `${ownId}-${element}`,
              text: t.mismatch(element, shortened(values)),
              status: "stopped",
            }))
          : keys.length > 0
            ? [{ id: `${ownId}-condition`, text: t.conditional(keys.join(", ")), status: "pending" }]
            : [{ id: `${ownId}-fits`, text: t.fits, status: one.Effect === "Deny" ? "error" : "success" }];
      return {
        id: ownId,
        text: `${t.statement(index + 1, one.Effect ?? "")}${one.Sid ? ` (${one.Sid})` : ""}`,
        status: leaves[0]?.status ?? "stopped",
        below: leaves,
      };
    });
    const has = (status: StatusIndicatorProps.Type) => below.some((one) => one.status === status);
    const [text, status] = has("error")
      ? ([t.denies(name), "error"] as const)
      : has("success")
        ? ([t.allows(name), "success"] as const)
        : ([t.silent(name), has("pending") ? "pending" : "stopped"] as const);
    return { id, text, status, below };
  }

  const isMissing = effect === "implicit-deny" && by === "identity" && verdict !== "allowed";
  return (
    <Container
      header={
        <Header variant="h2" description={t.decisionText}>
          {t.decision}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <TreeView<Branch>
          ariaLabel={t.decision}
          items={[...tree]}
          connectorLines="vertical"
          getItemId={({ id }) => id}
          getItemChildren={({ below }) => below && [...below]}
          expandedItems={idsOf(tree).filter((id) => !closed.includes(id))}
          onItemToggle={({ detail }) =>
            setClosed(detail.expanded ? closed.filter((id) => id !== detail.id) : [...closed, detail.id])
          }
          i18nStrings={{
            expandButtonLabel: ({ text }) => `${words.show} ${text}`,
            collapseButtonLabel: ({ text }) => `${words.hide} ${text}`,
          }}
          renderItem={({ text, status }) => ({
            content: (
              <StatusIndicator type={status} wrapText>
                <Text>{text}</Text>
              </StatusIndicator>
            ),
          })}
        />
        {principal ? (
          <Box>
            <ArnLink arn={principal.arn} />
          </Box>
        ) : (
          <Box color="text-body-secondary">{t.unread}</Box>
        )}
        {principal && read.isPending && <Spinner />}
        <Problem error={read.error} onRetry={() => void read.refetch()} />
        {isMissing && (
          <JsonEditor
            label={t.remedy}
            description={t.remedyText}
            readOnly
            rows={5}
            value={JSON.stringify({ Effect: "Allow", Action: action, Resource: resource }, null, 2)}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}

function idsOf(branches: readonly Branch[]): readonly string[] {
  return branches.flatMap(({ id, below = [] }) => [id, ...idsOf(below)]);
}

/** Policies may name hundreds. */
function shortened(values: readonly string[]): string {
  return `${values.slice(0, 5).join(", ")}${values.length > 5 ? ", …" : ""}`;
}
