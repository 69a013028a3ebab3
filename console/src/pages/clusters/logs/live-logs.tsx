import { formatDate } from "../../../parts/date-formats.ts";
import "./logs.css";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLayoutEffect, useRef, useState } from "react";
import { useLanguage, useMessages } from "../../../i18n/messages.ts";
import { to } from "../../../parts/addresses.ts";
import { To } from "../../../parts/links.tsx";
import { plain } from "../../../parts/log-text.ts";
import { Problem } from "../../../parts/problem.tsx";
import { isolated, Text } from "../../../parts/text.tsx";
import { useApi } from "../../../session/context.tsx";
import type { Task } from "../types.ts";
import { type LogLine, mostLines } from "./follow.ts";
import { messages } from "./messages.ts";
import { useLines } from "./use-lines.ts";
import { usePlaces } from "./use-places.ts";

export interface LiveLogsProps {
  readonly tasks: readonly Task[];
  /** True where lines of several tasks come together, so that each names its task. */
  readonly hasTaskNames: boolean;
  /** Seconds since 1970 at which there was nothing yet. */
  readonly beginning: number;
}

/** What containers print, as they print it: all of them together, in the order of time. */
export function LiveLogs({ tasks, hasTaskNames, beginning }: LiveLogsProps) {
  const t = useMessages(messages);
  const { region } = useApi();
  const [isPaused, setPaused] = useState(false);
  const [typed, setTyped] = useState("");
  const [pattern, setPattern] = useState("");
  const [since, setSince] = useState(hasTaskNames ? "900" : "");
  const choices = [
    { value: "900", label: t.minutes15 },
    { value: "3600", label: t.hour },
    { value: "86400", label: t.day },
    { value: "", label: t.start },
  ];
  const { data: { places, elsewhere } = { places: [], elsewhere: [] }, error: placesError } = usePlaces(tasks);
  const here = places.filter((place) => place.region === "" || place.region === region);
  const { lines, error } = useLines({ places: here, pattern, isPaused, since, beginning });
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t.text}
          actions={
            <Button iconName={isPaused ? "play" : "pause"} onClick={() => setPaused(!isPaused)}>
              {isPaused ? t.resume : t.pause}
            </Button>
          }
        >
          {t.title}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <div className="app-filters">
          <Input
            type="search"
            value={typed}
            ariaLabel={t.pattern}
            placeholder={t.patternHint}
            onChange={({ detail }) => {
              setTyped(detail.value);
              if (detail.value === "") setPattern("");
            }}
            onKeyDown={({ detail }) => detail.key === "Enter" && setPattern(typed)}
            onBlur={() => setPattern(typed)}
          />
          <Select
            ariaLabel={t.since}
            inlineLabelText={t.since}
            selectedOption={choices.find(({ value }) => value === since) ?? null}
            options={choices}
            onChange={({ detail }) => setSince(detail.selectedOption.value ?? "")}
          />
        </div>
        <Problem error={placesError ?? error} />
        <Lines lines={lines} hasTaskNames={hasTaskNames} />
        {lines.length === mostLines && <Box color="text-body-secondary">{t.most(mostLines)}</Box>}
        {elsewhere.map(({ container, driver }) => (
          <Alert key={container} type="info">
            {t.elsewhere(isolated(container), driver)}
          </Alert>
        ))}
        {places
          .filter((place) => !here.includes(place))
          .map((place) => (
            <Alert key={`${place.region} ${place.group}`} type="info">
              {t.otherRegion(isolated(place.group), place.region)}
            </Alert>
          ))}
        {here.length > 0 && (
          <Box color="text-body-secondary">
            {t.groups}:{" "}
            {here.map(({ group }) => (
              <span key={group}>
                <To to={to.logGroup(group)}>
                  <Text>{group}</Text>
                </To>{" "}
              </span>
            ))}
          </Box>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Lines({ lines, hasTaskNames }: { readonly lines: readonly LogLine[]; readonly hasTaskNames: boolean }) {
  const t = useMessages(messages);
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each new line
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  return (
    <div
      className="app-log"
      role="log"
      aria-label={t.title}
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled with the keyboard
      tabIndex={0}
      ref={box}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {lines.length === 0 && <Box color="text-body-secondary">{t.empty}</Box>}
      {lines.map(({ id, at, task, container, message }) => (
        <div key={id} className="app-log-line">
          <time className="app-log-time" dateTime={new Date(at).toISOString()}>
            {formatDate(new Date(at), "time", language)}
          </time>
          <span className="app-log-source">
            <bdi>{hasTaskNames ? `${task.slice(0, 8)} ${container}` : container}</bdi>
          </span>
          <bdi className="app-log-message">{plain(message)}</bdi>
        </div>
      ))}
    </div>
  );
}
