import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useMessages } from "../../i18n/messages.ts";
import { Problem } from "../problem.tsx";
import { DefinitionsTable } from "./definitions-table.tsx";
import type { Progress } from "./find.ts";
import { Gaps } from "./gaps.tsx";
import { messages } from "./messages.ts";
import { Redeploy } from "./redeploy.tsx";
import { ServicesTable } from "./services-table.tsx";
import { TasksTable } from "./tasks-table.tsx";
import { useUses } from "./use-uses.ts";
import { isStale } from "./uses.ts";

/** The tab of a secret or parameter that says who uses it, and which versions they hold. Nothing is read before it is shown. */
export function UsedBy({ arn }: { readonly arn: string }) {
  const t = useMessages(messages);
  const [isAsking, setAsking] = useState(false);
  const { read, progress } = useUses(arn);
  const { data, error } = read;
  if (error) return <Problem error={error} onRetry={() => read.refetch()} />;
  const stale = data?.tasks.filter(isStale).length ?? 0;
  return (
    <SpaceBetween size="l">
      {data === undefined && <Reading progress={progress} />}
      {data && <Gaps gaps={data.gaps} />}
      {stale > 0 && (
        <Alert type="warning" header={t.staleTitle(stale)}>
          {t.staleText}
        </Alert>
      )}
      <ServicesTable
        read={{ ...read, data: data?.services }}
        action={
          <Button disabled={!data || data.services.length === 0} onClick={() => setAsking(true)}>
            {t.redeploy}
          </Button>
        }
      />
      <TasksTable of={arn} read={{ ...read, data: data?.tasks }} />
      <DefinitionsTable read={{ ...read, data: data?.definitions }} />
      {isAsking && data && (
        <Redeploy
          services={data.services}
          tasksAlone={data.tasks.filter(({ service }) => service === undefined).length}
          onClose={() => setAsking(false)}
        />
      )}
    </SpaceBetween>
  );
}

function Reading({ progress }: { readonly progress: Progress | undefined }) {
  const t = useMessages(messages);
  const { part, done, of } = progress ?? { part: "clusters", done: 0, of: 0 };
  const text = part === "definitions" ? t.readDefinitions(done, of) : t.readClusters(done, of);
  return <StatusIndicator type="loading">{text}</StatusIndicator>;
}
