import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useAction } from "../../../data/use-action.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { DefinitionLink } from "../../../parts/definition-link.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { To } from "../../../parts/links.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { Confirm } from "../confirm.tsx";
import { Status } from "../status.tsx";
import type { ServiceDeployment, Task } from "../types.ts";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";
import { timelineOf } from "./timeline.ts";
import { TimelineView } from "./timeline-view.tsx";
import { type Deployments as Read, useDeployments } from "./use-deployments.ts";

const underWay: readonly (string | undefined)[] = ["PENDING", "IN_PROGRESS"];

/** The deployments of a service, and one of them as a time line. The one that is shown is part of the address. */
export function Deployments({
  cluster,
  service,
  tasks,
}: {
  readonly cluster: string;
  readonly service: string;
  /** Undefined while nobody knows them. */
  readonly tasks: readonly Task[] | undefined;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const [search] = useSearchParams();
  const read = useDeployments(cluster, service);
  const { deployments = [], revisions = [] } = read.data ?? {};
  const wanted = search.get("deployment");
  const shown = deployments.find((one) => idOf(one) === wanted) ?? deployments[0];
  return (
    <SpaceBetween size="l">
      {shown && <Shown cluster={cluster} deployment={shown} revisions={revisions} tasks={tasks} />}
      <ResourceTable
        id="ecs-deployments"
        title={e.deployments}
        read={{ ...read, data: read.data?.deployments }}
        trackBy={idOf}
        columns={[
          {
            id: "id",
            width: 210,
            header: t.deployment,
            isRowHeader: true,
            value: idOf,
            cell: (one) => (
              <To to={`${to.service(cluster, service)}?tab=deployments&deployment=${encodeURIComponent(idOf(one))}`}>
                {idOf(one)}
              </To>
            ),
          },
          {
            id: "status",
            width: 160,
            header: words.status,
            value: ({ status }) => status,
            cell: ({ status }) => <Status of={status} />,
          },
          {
            id: "began",
            width: 240,
            header: t.began,
            value: ({ createdAt }) => createdAt,
            cell: ({ createdAt }) => <Time at={createdAt} seconds />,
          },
          {
            id: "ended",
            width: 240,
            header: t.ended,
            value: ({ finishedAt }) => finishedAt,
            cell: ({ finishedAt }) => <Time at={finishedAt} seconds />,
          },
          {
            id: "definition",
            width: 170,
            header: e.taskDefinition,
            value: (one) => nameOf(definitionOf(one, revisions)),
            cell: (one) => <DefinitionLink arn={definitionOf(one, revisions)} />,
          },
          {
            id: "reason",
            width: 420,
            header: t.reason,
            value: ({ statusReason }) => statusReason,
            cell: ({ statusReason }) => <Text>{statusReason}</Text>,
          },
        ]}
        empty={{ title: t.noDeployments }}
      />
    </SpaceBetween>
  );
}

function Shown({
  cluster,
  deployment,
  revisions,
  tasks,
}: {
  readonly cluster: string;
  readonly deployment: ServiceDeployment;
  readonly revisions: Read["revisions"];
  /** Undefined while nobody knows them. */
  readonly tasks: readonly Task[] | undefined;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const [isAsked, setAsked] = useState(false);
  const { targetServiceRevision: target, deploymentCircuitBreaker: breaker, rollback } = deployment;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t.timelineText}
          actions={underWay.includes(deployment.status) && <Button onClick={() => setAsked(true)}>{t.rollBack}</Button>}
        >
          {t.timelineOf(idOf(deployment))}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={4}
          items={[
            { label: words.status, value: <Status of={deployment.status} /> },
            {
              label: e.tasks,
              value: t.countsText(target?.runningTaskCount ?? 0, target?.requestedTaskCount ?? 0),
            },
            { label: e.taskDefinition, value: <DefinitionLink arn={definitionOf(deployment, revisions)} /> },
            {
              label: t.taskFailures,
              value: breaker?.threshold ? `${breaker.failureCount ?? 0} / ${breaker.threshold}` : "-",
            },
          ]}
        />
        {deployment.statusReason !== undefined && (
          <Box>
            {t.reason}: <Text>{deployment.statusReason}</Text>
          </Box>
        )}
        {rollback && (
          <Box>
            {t.rollback}: <Text>{rollback.reason}</Text> (<Time at={rollback.startedAt} seconds />)
          </Box>
        )}
        {tasks && <TimelineView cluster={cluster} timeline={timelineOf(deployment, tasks, Date.now() / 1_000)} />}
      </SpaceBetween>
      {isAsked && <RollBack deployment={deployment} onClose={() => setAsked(false)} />}
    </Container>
  );
}

function RollBack({ deployment, onClose }: { readonly deployment: ServiceDeployment; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction((api) =>
    api.call("ecs", "StopServiceDeployment", {
      serviceDeploymentArn: deployment.serviceDeploymentArn ?? "",
      stopType: "ROLLBACK",
    }),
  );
  return (
    <Confirm
      title={t.rollBackTitle}
      doText={t.rollBack}
      action={action}
      onClose={(isDone) => {
        if (isDone) flash({ type: "success", text: t.rollingBack });
        onClose();
      }}
    >
      <Box>{t.rollBackText}</Box>
    </Confirm>
  );
}

function idOf({ serviceDeploymentArn }: ServiceDeployment): string {
  return nameOf(serviceDeploymentArn);
}

/** The task definition that a deployment brought. */
function definitionOf({ targetServiceRevision }: ServiceDeployment, revisions: Read["revisions"]): string | undefined {
  return revisions.find(({ serviceRevisionArn }) => serviceRevisionArn === targetServiceRevision?.arn)?.taskDefinition;
}
