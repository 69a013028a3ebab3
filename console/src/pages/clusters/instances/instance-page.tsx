import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useAction } from "../../../data/use-action.ts";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { to } from "../../../parts/addresses.ts";
import { ConfirmDelete } from "../../../parts/confirm-delete.tsx";
import { Copyable } from "../../../parts/copyable.tsx";
import { Details } from "../../../parts/details.tsx";
import { DetailsPage } from "../../../parts/details-page.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { PageTabs } from "../../../parts/page-tabs.tsx";
import { ResourceTable } from "../../../parts/resource-table.tsx";
import { tagPairs } from "../../../parts/tags.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { useInstance } from "../reads.ts";
import { Status } from "../status.tsx";
import { TagsTab } from "../tags-tab.tsx";
import { TasksTable } from "../tasks/tasks-table.tsx";
import { ecs } from "../words.ts";
import { ChangeState } from "./change-state.tsx";
import { Connected } from "./instances-table.tsx";
import { messages } from "./messages.ts";
import { resourcesOf } from "./resources.ts";

export default function InstancePage() {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const words = useMessages(common);
  const { cluster = "", instance = "" } = useParams();
  const read = useInstance(cluster, instance);
  const [asked, setAsked] = useState<"ACTIVE" | "DRAINING" | "deregister">();
  return (
    <>
      <DetailsPage
        title={instance}
        breadcrumbs={[
          { text: e.service, to: "/ecs/clusters" },
          { text: e.clusters, to: "/ecs/clusters" },
          { text: cluster, to: to.cluster(cluster) },
          { text: e.infrastructure, to: `${to.cluster(cluster)}?tab=infrastructure` },
        ]}
        read={read}
        actions={({ status }) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={status === "INACTIVE"} onClick={() => setAsked("deregister")}>
              {t.deregister}
            </Button>
            {status === "DRAINING" ? (
              <Button onClick={() => setAsked("ACTIVE")}>{t.activate}</Button>
            ) : (
              <Button disabled={status !== "ACTIVE"} onClick={() => setAsked("DRAINING")}>
                {t.drain}
              </Button>
            )}
          </SpaceBetween>
        )}
      >
        {(found) => (
          <SpaceBetween size="l">
            <Details
              title={t.overview}
              columns={4}
              items={[
                { label: words.status, value: <Status of={found.status} /> },
                { label: t.agent, value: <Connected is={found.agentConnected ?? false} /> },
                { label: t.running, value: found.runningTasksCount },
                { label: t.pending, value: found.pendingTasksCount },
                { label: t.instanceId, value: <Text>{found.ec2InstanceId}</Text> },
                { label: e.capacityProvider, value: <Text>{found.capacityProviderName}</Text> },
                { label: t.agentVersion, value: <Text>{found.versionInfo?.agentVersion}</Text> },
                { label: t.dockerVersion, value: <Text>{found.versionInfo?.dockerVersion}</Text> },
                { label: "ARN", value: <Copyable>{found.containerInstanceArn}</Copyable> },
                { label: t.registeredAt, value: <Time at={found.registeredAt} /> },
              ]}
            />
            <PageTabs
              tabs={[
                {
                  id: "resources",
                  label: t.resources,
                  content: (
                    <SpaceBetween size="l">
                      <ResourceTable
                        id="ecs-instance-resources"
                        title={t.resources}
                        read={{ ...read, data: resourcesOf(found) }}
                        trackBy={({ name }) => name}
                        columns={[
                          {
                            id: "name",
                            header: t.resource,
                            isRowHeader: true,
                            value: ({ name }) => name,
                            cell: ({ name, isInUse }) => (isInUse ? `${name} (${t.inUse})` : name),
                          },
                          {
                            id: "all",
                            header: t.registered,
                            value: ({ registered }) => registered,
                            cell: ({ registered }) => <Text>{registered}</Text>,
                          },
                          {
                            id: "free",
                            header: t.remaining,
                            value: ({ remaining }) => remaining,
                            cell: ({ remaining }) => <Text>{remaining}</Text>,
                          },
                        ]}
                        empty={{ title: "-" }}
                      />
                      <ResourceTable
                        id="ecs-instance-attributes"
                        title={t.attributes}
                        read={{ ...read, data: found.attributes ?? [] }}
                        trackBy={({ name = "" }) => name}
                        filterPlaceholder={t.findAttributes}
                        sortedBy={{ id: "name" }}
                        columns={[
                          {
                            id: "name",
                            header: t.attribute,
                            isRowHeader: true,
                            value: ({ name }) => name,
                            cell: ({ name }) => <Text>{name}</Text>,
                          },
                          {
                            id: "value",
                            header: words.value,
                            value: ({ value }) => value,
                            cell: ({ value }) => <Text>{value}</Text>,
                          },
                        ]}
                        empty={{ title: t.noAttributes }}
                      />
                    </SpaceBetween>
                  ),
                },
                { id: "tasks", label: e.tasks, content: <TasksTable cluster={cluster} containerInstance={instance} /> },
                {
                  id: "tags",
                  label: words.tags,
                  content: <TagsTab arn={found.containerInstanceArn} tags={tagPairs(found.tags)} read={read} />,
                },
              ]}
            />
          </SpaceBetween>
        )}
      </DetailsPage>
      {asked === "deregister" && (
        <Deregister cluster={cluster} instance={instance} onClose={() => setAsked(undefined)} />
      )}
      {asked !== undefined && asked !== "deregister" && (
        <ChangeState cluster={cluster} instances={[instance]} status={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

function Deregister({
  cluster,
  instance,
  onClose,
}: {
  readonly cluster: string;
  readonly instance: string;
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const navigate = useNavigate();
  const [force, setForce] = useState(false);
  const action = useAction((api) =>
    api.call("ecs", "DeregisterContainerInstance", { cluster, containerInstance: instance, ...(force && { force }) }),
  );
  return (
    <ConfirmDelete
      what={instance}
      word="deregister"
      action={action}
      onClose={(isDone) => {
        onClose();
        if (!isDone) return;
        flash({ type: "success", text: t.deregistered });
        void navigate(`${to.cluster(cluster)}?tab=infrastructure`);
      }}
    >
      <SpaceBetween size="s">
        {t.deregisterText}
        <Checkbox checked={force} onChange={({ detail }) => setForce(detail.checked)}>
          {t.deregisterForce}
        </Checkbox>
      </SpaceBetween>
    </ConfirmDelete>
  );
}
