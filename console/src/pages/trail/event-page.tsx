import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useParams } from "react-router";
import { ApiError } from "../../api/error.ts";
import { useRead } from "../../data/use-call.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Details } from "../../parts/details.tsx";
import { DetailsPage } from "../../parts/details-page.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { indented } from "../../parts/json-problem.ts";
import { ArnLink } from "../../parts/links.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { DecisionTree } from "./decision-tree.tsx";
import { outcomeOf, recordOf } from "./event.ts";
import { OutcomeStatus } from "./events-page.tsx";
import { messages } from "./messages.ts";

export default function EventPage() {
  const t = useMessages(messages);
  const words = useMessages(common);
  const { event: id = "" } = useParams();
  const read = useRead(["cloudtrail", "event", id], async (api, options) => {
    const LookupAttributes = [{ AttributeKey: "EventId" as const, AttributeValue: id }];
    const { Events: [event] = [] } = await api.call("cloudtrail", "LookupEvents", { LookupAttributes }, options);
    if (event) return event;
    throw new ApiError("EventNotFound", t.notThere, { status: 400, operation: "cloudtrail:LookupEvents" });
  });
  return (
    <DetailsPage
      title={read.data?.EventName ?? id}
      breadcrumbs={[
        { text: t.service, to: "/cloudtrail/events" },
        { text: t.history, to: "/cloudtrail/events" },
      ]}
      read={read}
    >
      {(event) => {
        const record = recordOf(event.CloudTrailEvent);
        const outcome = outcomeOf(record);
        const { decision } = record.additionalEventData ?? {};
        return (
          <>
            <Details
              title={words.details}
              items={[
                { label: t.eventTime, value: <Time at={event.EventTime} seconds /> },
                { label: t.Username, value: <Text>{event.Username}</Text> },
                { label: t.outcome, value: <OutcomeStatus outcome={outcome} record={record} /> },
                { label: t.EventSource, value: <Text>{event.EventSource}</Text> },
                { label: t.AccessKeyId, value: <Text>{event.AccessKeyId}</Text> },
                { label: t.sourceIp, value: <Text>{record.sourceIPAddress}</Text> },
                { label: t.EventId, value: <Copyable>{event.EventId}</Copyable> },
                { label: t.requestId, value: <Copyable>{record.requestID}</Copyable> },
                { label: t.ReadOnly, value: <Text>{event.ReadOnly}</Text> },
                { label: t.identity, value: <ArnLink arn={record.userIdentity?.arn} /> },
                { label: t.region, value: <Text>{record.awsRegion}</Text> },
                { label: t.userAgent, value: <Text>{record.userAgent}</Text> },
                ...(record.errorCode === undefined
                  ? []
                  : [
                      { label: t.errorCode, value: <Text>{record.errorCode}</Text> },
                      { label: t.errorMessage, value: <Text>{record.errorMessage}</Text> },
                    ]),
              ]}
            />
            {outcome === "denied" && decision && <DecisionTree decision={decision} />}
            <ResourceTable
              id="cloudtrail-resources"
              title={t.resources}
              read={{ ...read, data: event.Resources ?? [] }}
              trackBy={({ ResourceType = "", ResourceName = "" }) => `${ResourceType} ${ResourceName}`}
              filterPlaceholder={t.findResources}
              empty={{ title: t.noResources, text: t.noResourcesText }}
              columns={[
                {
                  id: "type",
                  header: t.resourceType,
                  width: 280,
                  value: ({ ResourceType }) => ResourceType,
                  cell: ({ ResourceType }) => <Text>{ResourceType}</Text>,
                },
                {
                  id: "name",
                  header: t.ResourceName,
                  isRowHeader: true,
                  value: ({ ResourceName }) => ResourceName,
                  cell: ({ ResourceName }) => <ArnLink arn={ResourceName} />,
                },
              ]}
            />
            <Container header={<Header variant="h2">{t.record}</Header>}>
              <JsonEditor value={indented(event.CloudTrailEvent ?? "{}")} readOnly rows={24} ariaLabel={t.record} />
            </Container>
          </>
        );
      }}
    </DetailsPage>
  );
}
