import type { Event, LookupAttributeKey } from "@aws-sdk/client-cloudtrail";
import Button from "@cloudscape-design/components/button";
import DateInput from "@cloudscape-design/components/date-input";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { Wire } from "../../api/wire.ts";
import { useRead } from "../../data/use-call.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { ArnLink, To } from "../../parts/links.tsx";
import { Page } from "../../parts/page.tsx";
import { ResourceTable } from "../../parts/resource-table.tsx";
import { withParams } from "../../parts/table-address.ts";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { type EventRecord, type Outcome, outcomeOf, recordOf } from "./event.ts";
import { lookup } from "./lookup.ts";
import { messages } from "./messages.ts";

/** Lookup attributes by how often they are wanted. */
const attributes = [
  "EventName",
  "Username",
  "ResourceName",
  "ResourceType",
  "EventSource",
  "AccessKeyId",
  "EventId",
  "ReadOnly",
] as const satisfies readonly LookupAttributeKey[];

const times = { "1800": "minutes30", "10800": "hours3", "86400": "day", "604800": "week", all: "always" } as const;

interface Shown {
  readonly event: Wire<Event>;
  readonly record: EventRecord;
  readonly outcome: Outcome;
}

/** Events that one click reads. */
const step = 200;

export default function EventsPage() {
  const t = useMessages(messages);
  const [search, setSearch] = useSearchParams();
  const [most, setMost] = useState(step);
  const key = attributes.find((one) => one === search.get("attribute"));
  const value = search.get("value") ?? "";
  const [typed, setTyped] = useState(value);
  const since = search.get("since") ?? "86400";
  const outcome = search.get("outcome") ?? "";
  const [from, until] = [search.get("from") ?? "", search.get("until") ?? ""];
  function change(parts: Readonly<Record<string, string>>): void {
    const params = Object.entries(parts).map(([name, text]) => [name, text || undefined]);
    setMost(step);
    setSearch(withParams(search, Object.fromEntries(params)), { replace: true });
  }
  const question = { key, value, since, from, until };
  const read = useRead(["cloudtrail", "events", question, most], (api, options) =>
    lookup(api, question, most, options),
  );
  const shown = read.data?.events
    .map((event): Shown => {
      const record = recordOf(event.CloudTrailEvent);
      return { event, record, outcome: outcomeOf(record) };
    })
    .filter((one) => outcome === "" || one.outcome === outcome);

  const attributeOptions = [
    { value: "", label: t.attributeNone },
    ...attributes.map((one) => ({ value: one, label: t[one] })),
  ];
  const timeOptions = [
    ...Object.entries(times).map(([id, word]) => ({ value: id, label: t[word] })),
    { value: "custom", label: t.custom },
  ];
  const outcomeOptions = [
    { value: "", label: t.outcomeAll },
    { value: "denied", label: t.outcomeDenied },
    { value: "failed", label: t.outcomeFailed },
    { value: "succeeded", label: t.outcomeSucceeded },
  ];
  return (
    <Page title={t.history} breadcrumbs={[{ text: t.service, to: "/cloudtrail/events" }]} contentType="table">
      <ResourceTable<Shown>
        id="cloudtrail-events"
        variant="full-page"
        title={t.history}
        description={t.historyText}
        read={{ ...read, data: shown }}
        trackBy={({ event }) => event.EventId ?? ""}
        filterPlaceholder={t.findEvents}
        empty={{ title: t.noEvents, text: t.noEventsText }}
        actions={() =>
          read.data?.hasMore && (
            <Button loading={read.isFetching} onClick={() => setMost(most + step)}>
              {t.more}
            </Button>
          )
        }
        filters={
          <SpaceBetween direction="horizontal" size="xs">
            <Select
              ariaLabel={t.attribute}
              selectedOption={attributeOptions.find((option) => option.value === (key ?? "")) ?? null}
              options={attributeOptions}
              onChange={({ detail }) => {
                setTyped("");
                change({ attribute: detail.selectedOption.value ?? "", value: "" });
              }}
            />
            {key && (
              <Input
                type="search"
                value={typed}
                ariaLabel={t.attributeValue}
                placeholder={key === "ReadOnly" ? "true" : t.attributeHint}
                onChange={({ detail }) => {
                  setTyped(detail.value);
                  if (detail.value === "") change({ value: "" });
                }}
                onKeyDown={({ detail }) => detail.key === "Enter" && change({ value: typed })}
                onBlur={() => typed !== value && change({ value: typed })}
              />
            )}
            <Select
              ariaLabel={t.time}
              selectedOption={timeOptions.find((option) => option.value === since) ?? null}
              options={timeOptions}
              onChange={({ detail }) => change({ since: detail.selectedOption.value ?? "", from: "", until: "" })}
            />
            {since === "custom" && (
              <SpaceBetween direction="horizontal" size="xs">
                <DateInput value={from} ariaLabel={t.from} onChange={({ detail }) => change({ from: detail.value })} />
                <DateInput
                  value={until}
                  ariaLabel={t.until}
                  onChange={({ detail }) => change({ until: detail.value })}
                />
              </SpaceBetween>
            )}
            <Select
              ariaLabel={t.outcome}
              selectedOption={outcomeOptions.find((option) => option.value === outcome) ?? null}
              options={outcomeOptions}
              onChange={({ detail }) => change({ outcome: detail.selectedOption.value ?? "" })}
            />
          </SpaceBetween>
        }
        columns={[
          {
            id: "name",
            header: t.EventName,
            isRowHeader: true,
            width: 200,
            value: ({ event }) => event.EventName,
            cell: ({ event }) => (
              <To to={to.event(event.EventId ?? "")}>
                <Text>{event.EventName}</Text>
              </To>
            ),
          },
          {
            id: "time",
            header: t.eventTime,
            width: 210,
            value: ({ event }) => event.EventTime,
            cell: ({ event }) => <Time at={event.EventTime} seconds />,
          },
          {
            id: "user",
            header: t.Username,
            width: 130,
            value: ({ event }) => event.Username,
            cell: ({ event }) => <Text>{event.Username}</Text>,
          },
          {
            id: "outcome",
            header: t.outcome,
            width: 140,
            value: ({ outcome: is, record }) => `${is} ${record.errorCode ?? ""}`,
            cell: ({ outcome: is, record }) => <OutcomeStatus outcome={is} record={record} />,
          },
          {
            id: "resources",
            header: t.resources,
            width: 220,
            value: ({ event }) => event.Resources?.map(({ ResourceName }) => ResourceName).join(" "),
            cell: ({ event: { Resources = [] } }) =>
              Resources.length === 0
                ? "-"
                : Resources.slice(0, 3).map(({ ResourceName }) => (
                    <div key={ResourceName} className="app-line" title={ResourceName}>
                      <ArnLink arn={ResourceName}>
                        <Text>{resourceOf(ResourceName)}</Text>
                      </ArnLink>
                    </div>
                  )),
          },
          {
            id: "source",
            header: t.EventSource,
            isVisible: false,
            width: 240,
            value: ({ event }) => event.EventSource,
            cell: ({ event }) => <Text>{event.EventSource}</Text>,
          },
          {
            id: "key",
            header: t.AccessKeyId,
            isVisible: false,
            value: ({ event }) => event.AccessKeyId,
            cell: ({ event }) => <Text>{event.AccessKeyId}</Text>,
          },
          {
            id: "ip",
            header: t.sourceIp,
            isVisible: false,
            value: ({ record }) => record.sourceIPAddress,
            cell: ({ record }) => <Text>{record.sourceIPAddress}</Text>,
          },
        ]}
      />
    </Page>
  );
}

export function OutcomeStatus({ outcome, record }: { readonly outcome: Outcome; readonly record: EventRecord }) {
  const t = useMessages(messages);
  if (outcome === "succeeded") return <StatusIndicator type="success">{t.outcomeSucceeded}</StatusIndicator>;
  if (outcome === "denied") return <StatusIndicator type="error">{t.outcomeDenied}</StatusIndicator>;
  return (
    <StatusIndicator type="warning">
      <Text>{record.errorCode}</Text>
    </StatusIndicator>
  );
}

/** An ARN without what all of them begin with. */
function resourceOf(name: string | undefined): string | undefined {
  const [arn, , , , , ...rest] = (name ?? "").split(":");
  return arn === "arn" && rest.length > 0 ? rest.join(":") : name;
}
