import type { Tag, TaskDefinition } from "@aws-sdk/client-ecs";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Wire } from "../../../api/wire.ts";
import { useRead } from "../../../data/use-call.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { Problem } from "../../../parts/problem.tsx";
import { Text } from "../../../parts/text.tsx";
import { messages } from "./messages.ts";
import { findingsOf, type Movable, movable } from "./move.ts";
import { MoveToSecretsManager } from "./move-dialog.tsx";

interface PlaintextFindingsProps {
  readonly definition: Wire<TaskDefinition>;
  readonly tags: readonly Wire<Tag>[] | undefined;
}

/** What looked like a secret in plain text when the revision was registered. Nothing if there is none. */
export function PlaintextFindings({ definition, tags }: PlaintextFindingsProps) {
  const t = useMessages(messages);
  const [asked, setAsked] = useState<Movable>();
  const arn = definition.taskDefinitionArn ?? "";
  const read = useRead(["ecs", "findings", arn], async (api, options) => {
    let header: string | null = null;
    const onHeaders = (headers: Headers) => {
      header = headers.get("x-sealift-findings");
    };
    await api.call("ecs", "DescribeTaskDefinition", { taskDefinition: arn }, { ...options, onHeaders });
    return findingsOf(header);
  });
  if (read.error) return <Problem error={read.error} onRetry={() => void read.refetch()} />;
  const { count = 0, findings = [] } = read.data ?? {};
  if (count === 0) return null;
  return (
    <Alert type="warning" header={t.heading(count)}>
      <SpaceBetween size="xs">
        {findings.map((finding) => {
          const place = movable(definition, finding);
          return (
            <div key={finding.pointer}>
              <Text>{finding.message}</Text>{" "}
              <Box variant="small" color="text-body-secondary">
                {finding.rule}
              </Box>{" "}
              {place ? (
                <Button
                  variant="inline-link"
                  ariaLabel={`${t.move}: ${place.name}`}
                  disabled={!definition.executionRoleArn}
                  onClick={() => setAsked(place)}
                >
                  {t.move}
                </Button>
              ) : (
                <Box variant="small">{t.noMove}</Box>
              )}
            </div>
          );
        })}
        {count > findings.length && <Box>{t.more(count - findings.length)}</Box>}
        {!definition.executionRoleArn && <Box>{t.needsRole}</Box>}
      </SpaceBetween>
      {asked && (
        <MoveToSecretsManager definition={definition} tags={tags} place={asked} onClose={() => setAsked(undefined)} />
      )}
    </Alert>
  );
}
