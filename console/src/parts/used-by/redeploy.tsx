import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useRef, useState } from "react";
import { ApiError, isExpired, messageOf } from "../../api/error.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { nameOf } from "../addresses.ts";
import { Problem } from "../problem.tsx";
import { Text } from "../text.tsx";
import { messages } from "./messages.ts";
import type { ServiceUse } from "./uses.ts";

type Outcome = "running" | "started" | { readonly error: unknown };

export interface RedeployProps {
  readonly services: readonly ServiceUse[];
  /** Running tasks of no service, which no deployment replaces. */
  readonly tasksAlone: number;
  readonly onClose: () => void;
}

/** Lists the services, asks, and forces a deployment of one after the other. Render it while it is asked. */
export function Redeploy({ tasksAlone, onClose, ...props }: RedeployProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  // The list stays as it was asked for, while the page reads again.
  const [services] = useState(props.services);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const isStopped = useRef(false);
  const note = (arn: string, outcome: Outcome) => setOutcomes((known) => new Map(known).set(arn, outcome));
  const action = useAction(async (api) => {
    for (const { arn, clusterArn } of services) {
      if (isStopped.current) return;
      note(arn, "running");
      try {
        await api.call("ecs", "UpdateService", { cluster: clusterArn, service: arn, forceNewDeployment: true });
        note(arn, "started");
      } catch (error) {
        note(arn, { error });
        if (isExpired(error)) throw error;
      }
    }
  });
  const isAsked = outcomes.size === 0;
  function leave(): void {
    if (action.isRunning) isStopped.current = true;
    else onClose();
  }
  return (
    <Modal
      visible
      size="large"
      header={t.redeploy}
      closeAriaLabel={words.close}
      onDismiss={leave}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={leave}>
              {action.isRunning ? t.stop : isAsked ? words.cancel : words.close}
            </Button>
            {(isAsked || action.isRunning) && (
              <Button variant="primary" loading={action.isRunning} onClick={() => void action.run()}>
                {t.doRedeploy(services.length)}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{t.redeployText}</Box>
        {tasksAlone > 0 && <Box color="text-body-secondary">{t.redeployAlone(tasksAlone)}</Box>}
        <Problem error={action.error} />
        <Table<ServiceUse>
          variant="embedded"
          items={services}
          trackBy="arn"
          ariaLabels={{ tableLabel: t.services }}
          columnDefinitions={[
            { id: "service", header: t.service, isRowHeader: true, cell: ({ name }) => <Text>{name}</Text> },
            { id: "cluster", header: t.cluster, cell: ({ clusterArn }) => <Text>{nameOf(clusterArn)}</Text> },
            { id: "outcome", header: t.outcome, cell: ({ arn }) => <ServiceOutcome outcome={outcomes.get(arn)} /> },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
}

function ServiceOutcome({ outcome }: { readonly outcome: Outcome | undefined }) {
  const t = useMessages(messages);
  if (outcome === undefined) return <StatusIndicator type="pending">{t.waiting}</StatusIndicator>;
  if (outcome === "running") return <StatusIndicator type="loading">{t.running}</StatusIndicator>;
  if (outcome === "started") return <StatusIndicator type="success">{t.started}</StatusIndicator>;
  const { error } = outcome;
  return (
    <StatusIndicator type="error">
      <Text>{error instanceof ApiError ? `${error.code}: ${error.message}` : messageOf(error)}</Text>
    </StatusIndicator>
  );
}
