import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { to } from "../../parts/addresses.ts";
import { To } from "../../parts/links.tsx";
import { plain } from "../../parts/log-text.ts";
import { Problem } from "../../parts/problem.tsx";
import { Text } from "../../parts/text.tsx";
import { Time } from "../../parts/time.tsx";
import { messages } from "./messages.ts";
import { type LogEvent, mostEvents } from "./read-events.ts";
import { useEvents } from "./use-events.ts";

/** The events of a log group or of one stream, with a filter pattern, once or as they come. The filter is in the address. */
export function Events({ group, stream }: { readonly group: string; readonly stream?: string }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [search, setSearch] = useSearchParams();
  const [typed, setTyped] = useState(search.get("pattern") ?? "");
  const [isTailing, setTailing] = useState(false);
  const [isMasked, setMasked] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const pattern = search.get("pattern") ?? "";
  const since = search.get("since") ?? (stream === undefined ? "3600" : "start");
  const { events, error, isReading } = useEvents({
    ...{ group, stream, pattern, isTailing, isMasked, attempt },
    since: since === "start" ? "" : String(Number(since) || 3_600),
  });
  function change(name: "pattern" | "since", value: string): void {
    const next = new URLSearchParams(search);
    if (value === "") next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  }
  const choices = [
    { value: "900", label: t.minutes15 },
    { value: "3600", label: t.hour },
    { value: "86400", label: t.day },
    { value: "start", label: t.start },
  ];
  return (
    <Table<LogEvent>
      items={events.toReversed()}
      trackBy={({ id }) => id}
      wrapLines
      loading={isReading && events.length === 0}
      loadingText={words.loading}
      ariaLabels={{ tableLabel: t.logEvents }}
      header={
        <SpaceBetween size="s">
          <Header
            variant="h2"
            counter={`(${events.length})`}
            description={t.eventsText}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={words.refresh} onClick={() => setAttempt(attempt + 1)} />
                <Button iconName={isTailing ? "pause" : "play"} onClick={() => setTailing(!isTailing)}>
                  {isTailing ? t.stopTail : t.tail}
                </Button>
              </SpaceBetween>
            }
          >
            {t.logEvents}
          </Header>
          <Problem error={error} onRetry={() => setAttempt(attempt + 1)} />
        </SpaceBetween>
      }
      filter={
        <div className="app-filters">
          <Input
            type="search"
            value={typed}
            ariaLabel={t.pattern}
            placeholder={t.patternHint}
            onChange={({ detail }) => {
              setTyped(detail.value);
              if (detail.value === "") change("pattern", "");
            }}
            onKeyDown={({ detail }) => detail.key === "Enter" && change("pattern", typed)}
            onBlur={() => typed !== pattern && change("pattern", typed)}
          />
          <Select
            ariaLabel={t.since}
            inlineLabelText={t.since}
            selectedOption={choices.find(({ value }) => value === since) ?? null}
            options={choices}
            onChange={({ detail }) => change("since", detail.selectedOption.value ?? "")}
          />
          <Toggle checked={isMasked} onChange={({ detail }) => setMasked(detail.checked)}>
            {t.mask}
          </Toggle>
        </div>
      }
      empty={
        <Box textAlign="center">
          <Box variant="strong">{t.noEvents}</Box>
          <Box color="text-body-secondary">{t.noEventsText}</Box>
        </Box>
      }
      footer={
        isTailing ? (
          <StatusIndicator type="in-progress">{t.tailing}</StatusIndicator>
        ) : (
          events.length === mostEvents && <Box color="text-body-secondary">{t.most(mostEvents)}</Box>
        )
      }
      columnDefinitions={[
        {
          id: "time",
          header: t.timestamp,
          width: 210,
          cell: ({ at }) => <Time at={at / 1_000} seconds />,
        },
        {
          id: "message",
          header: t.message,
          isRowHeader: true,
          cell: ({ message }) => <Text code>{plain(message)}</Text>,
        },
        ...(stream === undefined
          ? [
              {
                id: "stream",
                header: t.logStream,
                width: 280,
                cell: (event: LogEvent) => (
                  <To to={to.logStream(group, event.stream)}>
                    <Text>{event.stream}</Text>
                  </To>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
