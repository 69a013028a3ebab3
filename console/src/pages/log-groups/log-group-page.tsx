import type { LogStream } from "@aws-sdk/client-cloudwatch-logs";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { ApiError } from "../../api/error.ts";
import type { Wire } from "../../api/wire.ts";
import { useList, useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useLanguage, useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { ArnLink, To } from "../../parts/links.tsx";
import { PageTabs } from "../../parts/page-tabs.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { bytes } from "./bytes.ts";
import { DeleteGroups } from "./delete-groups.tsx";
import { EditRetention } from "./edit-retention.tsx";
import { Events } from "./events.tsx";
import { messages } from "./messages.ts";

export default function LogGroupPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const language = useLanguage();
  const navigate = useNavigate();
  const { group: name = "" } = useParams();
  const [dialog, setDialog] = useState<"delete" | "retention">();
  const read = useRead(["logs", "group", name], async (api, options) => {
    const input = { logGroupNamePrefix: name, limit: 1 };
    const { logGroups: [first] = [] } = await api.call("logs", "DescribeLogGroups", input, options);
    // Of all names that begin with it, its own comes first.
    if (first?.logGroupName === name) return first;
    const operation = "logs:DescribeLogGroups";
    throw new ApiError("ResourceNotFoundException", name, { status: 400, operation });
  });
  return (
    <>
      <DetailsPage
        title={name}
        breadcrumbs={[
          { text: t.service, to: "/cloudwatch/log-groups" },
          { text: t.logGroups, to: "/cloudwatch/log-groups" },
        ]}
        read={read}
        actions={() => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDialog("retention")}>{t.editRetention}</Button>
            <Button onClick={() => setDialog("delete")}>{words.delete}</Button>
          </SpaceBetween>
        )}
      >
        {(group) => (
          <>
            <Details
              title={words.details}
              items={[
                { label: "ARN", value: <Copyable>{group.logGroupArn ?? group.arn}</Copyable> },
                { label: t.creationTime, value: <Time at={(group.creationTime ?? Number.NaN) / 1_000} /> },
                {
                  label: t.retention,
                  value: group.retentionInDays === undefined ? t.never : t.days(group.retentionInDays),
                },
                { label: t.stored, value: bytes(group.storedBytes, language) },
                { label: t.kmsKey, value: <ArnLink arn={group.kmsKeyId} /> },
                {
                  label: t.protection,
                  value: group.deletionProtectionEnabled ? t.protectionOn : t.protectionOff,
                },
              ]}
            />
            <PageTabs
              tabs={[
                { id: "streams", label: t.logStreams, content: <Streams group={name} /> },
                { id: "events", label: t.logEvents, content: <Events group={name} /> },
              ]}
            />
          </>
        )}
      </DetailsPage>
      {dialog === "retention" && read.data && <EditRetention group={read.data} onClose={() => setDialog(undefined)} />}
      {dialog === "delete" && (
        <DeleteGroups
          names={[name]}
          onClose={(isDeleted) => {
            setDialog(undefined);
            if (isDeleted) void navigate("/cloudwatch/log-groups");
          }}
        />
      )}
    </>
  );
}

function Streams({ group }: { readonly group: string }) {
  const t = useMessages(messages);
  const read = useList("logs", "DescribeLogStreams", { logGroupName: group }, "logStreams", { live: 10_000 });
  return (
    <ResourceTable<Wire<LogStream>>
      id="log-streams"
      title={t.logStreams}
      read={read}
      trackBy={({ logStreamName = "" }) => logStreamName}
      sortedBy={{ id: "last", isDescending: true }}
      filterPlaceholder={t.findStreams}
      empty={{ title: t.noStreams, text: t.noStreamsText }}
      columns={[
        {
          id: "name",
          header: t.logStream,
          isRowHeader: true,
          width: 480,
          value: ({ logStreamName }) => logStreamName,
          cell: ({ logStreamName = "" }) => (
            <To to={to.logStream(group, logStreamName)}>
              <Text>{logStreamName}</Text>
            </To>
          ),
        },
        {
          id: "last",
          header: t.lastEvent,
          width: 220,
          value: ({ lastEventTimestamp = 0 }) => lastEventTimestamp,
          cell: ({ lastEventTimestamp = Number.NaN }) => <Time at={lastEventTimestamp / 1_000} seconds />,
        },
        {
          id: "first",
          header: t.firstEvent,
          value: ({ firstEventTimestamp = 0 }) => firstEventTimestamp,
          cell: ({ firstEventTimestamp = Number.NaN }) => <Time at={firstEventTimestamp / 1_000} seconds />,
        },
      ]}
    />
  );
}
