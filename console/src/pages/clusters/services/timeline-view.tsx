import { formatDate } from "../../../parts/date-formats.ts";
import "./timeline.css";
import Box from "@cloudscape-design/components/box";
import { useLanguage, useMessages } from "../../../i18n/messages.ts";
import { nameOf, to } from "../../../parts/addresses.ts";
import { DefinitionLink } from "../../../parts/definition-link.tsx";
import { heldBy, secretName } from "../../../parts/held.ts";
import { HeldState } from "../../../parts/held-state.tsx";
import { To } from "../../../parts/links.tsx";
import { Text } from "../../../parts/text.tsx";
import { Status } from "../status.tsx";
import type { Task } from "../types.ts";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";
import type { TaskBar, Timeline } from "./timeline.ts";

/** Tasks that are shown with a bar each. */
const most = 100;

/** Old and new tasks of a deployment on one axis of time, with the secret versions that they hold and why they stopped. */
export function TimelineView({ cluster, timeline }: { readonly cluster: string; readonly timeline: Timeline }) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const language = useLanguage();
  const time = (at: number) => formatDate(new Date(at * 1_000), "time", language);
  if (timeline.bars.length === 0) return <Box color="text-body-secondary">{t.noTasksLeft}</Box>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard */}
      <section className="app-timeline-scroll" aria-label={t.timeline} tabIndex={0}>
        <table className="app-timeline">
          <caption>
            <Legend />
          </caption>
          <thead>
            <tr>
              <th scope="col">{e.task}</th>
              <th scope="col" className="app-timeline-chart">
                <div className="app-timeline-axis">
                  {[0, 0.5, 1].map((part) => (
                    <span key={part}>{time(timeline.from + (timeline.to - timeline.from) * part)}</span>
                  ))}
                </div>
              </th>
              <th scope="col">{e.lastStatus}</th>
              <th scope="col">{t.secretVersions}</th>
              <th scope="col">{t.whyStopped}</th>
            </tr>
          </thead>
          <tbody>
            {timeline.bars.slice(0, most).map((bar) => (
              <tr key={bar.task.taskArn}>
                <th scope="row">
                  <To to={to.task(cluster, nameOf(bar.task.taskArn))}>{nameOf(bar.task.taskArn).slice(0, 8)}</To>
                  <Box variant="small" color="text-body-secondary" display="block">
                    {t[bar.side]} · <DefinitionLink arn={bar.task.taskDefinitionArn} />
                  </Box>
                </th>
                <td>
                  <Lane bar={bar} timeline={timeline} time={time} />
                </td>
                <td>
                  <Status of={bar.task.lastStatus} />
                  {bar.task.lastStatus === "RUNNING" && bar.task.healthStatus !== "UNKNOWN" && (
                    <div>
                      <Status of={bar.task.healthStatus} />
                    </div>
                  )}
                </td>
                <td>
                  <HeldVersions task={bar.task} />
                </td>
                <td>
                  <Text>{bar.task.stoppedReason}</Text>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {timeline.bars.length > most && <Box color="text-body-secondary">{t.further(timeline.bars.length - most)}</Box>}
    </>
  );
}

function Lane({
  bar: { task, side, begin, run, end, isOpen },
  timeline,
  time,
}: {
  readonly bar: TaskBar;
  readonly timeline: Timeline;
  readonly time: (at: number) => string;
}) {
  const t = useMessages(messages);
  const isFailed =
    task.stopCode !== undefined && !["UserInitiated", "ServiceSchedulerInitiated"].includes(task.stopCode);
  const at = (moment: number | undefined) => (moment === undefined ? "-" : time(moment));
  return (
    <div
      className="app-timeline-lane"
      role="img"
      aria-label={t.bar(at(task.createdAt), at(task.startedAt), at(task.stoppedAt))}
      title={t.bar(at(task.createdAt), at(task.startedAt), at(task.stoppedAt))}
    >
      {[timeline.began, ...(timeline.ended === undefined ? [] : [timeline.ended])].map((place) => (
        <div key={place} className="app-timeline-mark" style={{ insetInlineStart: percent(place) }} />
      ))}
      {run > begin && (
        <div
          className={`app-timeline-bar ${task.startedAt === undefined && isFailed ? "app-timeline-failed" : "app-timeline-starting"}`}
          style={{ insetInlineStart: percent(begin), inlineSize: percent(run - begin) }}
        />
      )}
      {task.startedAt !== undefined && (
        <div
          className={`app-timeline-bar ${isFailed ? "app-timeline-failed" : `app-timeline-${side}`} ${isOpen ? "app-timeline-open" : ""}`}
          style={{ insetInlineStart: percent(run), inlineSize: percent(end - run) }}
        />
      )}
    </div>
  );
}

function percent(part: number): string {
  return `${Math.round(part * 10_000) / 100}%`;
}

function Legend() {
  const t = useMessages(messages);
  return (
    <Box variant="small" color="text-body-secondary">
      {(["starting", "new", "old", "rollback", "failed"] as const).map((kind) => (
        <span key={kind}>
          <span className={`app-timeline-key app-timeline-${kind}`} aria-hidden="true" />
          {t[kind]}
          {"  "}
        </span>
      ))}
    </Box>
  );
}

/** Each secret that a task holds, by name and the beginning of the version. */
function HeldVersions({ task }: { readonly task: Task }) {
  const { secrets } = heldBy(task.tags);
  if (secrets.length === 0) return <>-</>;
  return (
    <>
      {secrets.map(({ arn, version, state }) => (
        <div key={`${arn} ${version}`} title={`${arn} ${version}`}>
          <Text>{secretName(arn)}</Text> <Box variant="code">{version.slice(0, 8)}</Box> <HeldState state={state} />
        </div>
      ))}
    </>
  );
}
