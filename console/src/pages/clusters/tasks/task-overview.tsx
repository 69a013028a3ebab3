import Box from "@cloudscape-design/components/box";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { Copyable } from "../../../parts/copyable.tsx";
import { DefinitionLink } from "../../../parts/definition-link.tsx";
import { Details } from "../../../parts/details.tsx";
import { heldBy } from "../../../parts/held.ts";
import { To } from "../../../parts/links.tsx";
import { Text } from "../../../parts/text.tsx";
import { Time } from "../../../parts/time.tsx";
import { Status } from "../status.tsx";
import type { Task } from "../types.ts";
import { ecs } from "../words.ts";
import { HeldSummary } from "./held-summary.tsx";
import { messages } from "./messages.ts";

export function TaskOverview({ task }: { readonly task: Task }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  return (
    <Details
      title={t.overview}
      columns={4}
      items={[
        { label: "ARN", value: <Copyable>{task.taskArn}</Copyable> },
        { label: e.lastStatus, value: <Status of={task.lastStatus} /> },
        { label: e.desiredStatus, value: <Status of={task.desiredStatus} /> },
        { label: e.health, value: <Status of={task.healthStatus} /> },
        { label: e.taskDefinition, value: <DefinitionLink arn={task.taskDefinitionArn} /> },
        { label: e.secrets, value: <HeldSummary held={heldBy(task.tags)} /> },
        { label: e.created, value: <Time at={task.createdAt} seconds /> },
        task.stoppedAt === undefined
          ? { label: e.started, value: <Time at={task.startedAt} seconds /> }
          : { label: e.stopped, value: <Time at={task.stoppedAt} seconds /> },
      ]}
    />
  );
}

export function TaskConfiguration({ cluster, task }: { readonly cluster: string; readonly task: Task }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const service = task.group?.startsWith("service:") ? task.group.slice("service:".length) : undefined;
  const instance = nameOf(task.containerInstanceArn);
  const notices = (task.attributes ?? []).filter(({ name = "" }) => name.startsWith("sealift.notice."));
  return (
    <Details
      title={t.configuration}
      columns={4}
      items={[
        {
          label: e.group,
          value:
            service === undefined ? (
              <Text>{task.group}</Text>
            ) : (
              <To to={to.service(cluster, service)}>
                <Text>{task.group}</Text>
              </To>
            ),
        },
        { label: t.startedBy, value: <Text>{task.startedBy}</Text> },
        task.capacityProviderName === undefined
          ? { label: e.launchType, value: <Text>{task.launchType}</Text> }
          : { label: e.capacityProvider, value: <Text>{task.capacityProviderName}</Text> },
        { label: e.platformVersion, value: <Text>{task.platformVersion}</Text> },
        { label: e.cpu, value: <Text>{task.cpu}</Text> },
        { label: `${e.memory} (MiB)`, value: <Text>{task.memory}</Text> },
        {
          label: e.containerInstance,
          value:
            instance === "" ? (
              "-"
            ) : (
              <To to={to.containerInstance(cluster, instance)}>
                <Text>{instance}</Text>
              </To>
            ),
        },
        { label: t.exec, value: task.enableExecuteCommand ? e.turnedOn : e.turnedOff },
        { label: t.version, value: task.version },
        ...notices.map(({ name = "", value }) => ({
          label: `${t.notices}: ${name.slice("sealift.notice.".length)}`,
          value: (
            <Box variant="small">
              <Text>{value}</Text>
            </Box>
          ),
        })),
      ]}
    />
  );
}
