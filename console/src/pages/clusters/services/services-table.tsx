import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { DefinitionLink } from "../../../parts/definition-link.tsx";
import { To } from "../../../parts/links.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { useServices } from "../reads.ts";
import { Status } from "../status.tsx";
import { ecs } from "../words.ts";
import { DeleteService } from "./delete-service.tsx";
import { ForceDeployment } from "./force-deployment.tsx";
import { messages } from "./messages.ts";

/** The services of a cluster, as its page has them. */
export function ServicesTable({ cluster }: { readonly cluster: string }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const navigate = useNavigate();
  const read = useServices(cluster);
  const [asked, setAsked] = useState<{ readonly what: "delete" | "force"; readonly service: string }>();
  return (
    <>
      <ResourceTable
        id="ecs-services"
        title={e.services}
        read={read}
        trackBy={({ serviceName = "" }) => serviceName}
        selection="single"
        filterPlaceholder={t.find}
        sortedBy={{ id: "name" }}
        actions={([selected]) => {
          const service = selected?.serviceName ?? "";
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!selected} onClick={() => setAsked({ what: "delete", service })}>
                {t.deleteService}
              </Button>
              <Button disabled={!selected} onClick={() => setAsked({ what: "force", service })}>
                {e.forceNewDeployment}
              </Button>
              <Button disabled={!selected} onClick={() => void navigate(to.updateService(cluster, service))}>
                {e.updateService}
              </Button>
              <Button variant="primary" onClick={() => void navigate(to.createService(cluster))}>
                {words.create}
              </Button>
            </SpaceBetween>
          );
        }}
        columns={[
          {
            id: "name",
            width: 200,
            header: t.name,
            isRowHeader: true,
            value: ({ serviceName }) => serviceName,
            cell: ({ serviceName = "" }) => (
              <To to={to.service(cluster, serviceName)}>
                <Text>{serviceName}</Text>
              </To>
            ),
          },
          {
            id: "status",
            width: 130,
            header: t.status,
            value: ({ status }) => status,
            cell: ({ status }) => <Status of={status} />,
          },
          {
            id: "tasks",
            width: 210,
            header: t.counts,
            value: ({ runningCount }) => runningCount,
            cell: ({ runningCount = 0, desiredCount = 0 }) => t.countsText(runningCount, desiredCount),
          },
          {
            id: "deployment",
            width: 170,
            header: t.lastDeployment,
            value: ({ deployments }) => deployments?.[0]?.rolloutState,
            cell: ({ deployments }) => <Status of={deployments?.[0]?.rolloutState} />,
          },
          {
            id: "definition",
            width: 180,
            header: e.taskDefinition,
            value: ({ taskDefinition }) => nameOf(taskDefinition),
            cell: ({ taskDefinition }) => <DefinitionLink arn={taskDefinition} />,
          },
          {
            id: "strategy",
            width: 190,
            header: t.strategy,
            value: ({ schedulingStrategy }) => schedulingStrategy,
            cell: ({ schedulingStrategy }) => schedulingStrategy ?? "-",
          },
          {
            id: "launch",
            width: 140,
            header: e.launchType,
            value: ({ launchType }) => launchType,
            cell: ({ launchType }) => launchType ?? "-",
          },
          {
            id: "created",
            width: 240,
            header: e.created,
            isVisible: false,
            value: ({ createdAt }) => createdAt,
            cell: ({ createdAt }) => <Time at={createdAt} />,
          },
        ]}
        empty={{
          title: t.empty,
          text: t.emptyText,
          action: <Button onClick={() => void navigate(to.createService(cluster))}>{e.createService}</Button>,
        }}
      />
      {asked?.what === "delete" && (
        <DeleteService cluster={cluster} service={asked.service} onClose={() => setAsked(undefined)} />
      )}
      {asked?.what === "force" && (
        <ForceDeployment cluster={cluster} service={asked.service} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
