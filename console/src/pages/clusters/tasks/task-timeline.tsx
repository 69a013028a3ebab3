import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Steps from "@cloudscape-design/components/steps";
import { useMessages } from "../../../i18n/messages.ts";
import { Time } from "../../../parts/time.tsx";
import type { Task } from "../types.ts";
import { messages } from "./messages.ts";
import { lengthText, momentsOf } from "./task-times.ts";

/** What has happened to a task, and how long each step took. */
export function TaskTimeline({ task }: { readonly task: Task }) {
  const t = useMessages(messages);
  const failed =
    task.stopCode !== undefined && task.stopCode !== "UserInitiated" && task.stopCode !== "ServiceSchedulerInitiated";
  const all = momentsOf(task);
  return (
    <Container header={<Header variant="h2">{t.timeline}</Header>}>
      <Steps
        ariaLabel={t.timeline}
        steps={all.map(({ what, at, after }) => ({
          status: what === "stoppedAt" ? (failed ? "error" : "stopped") : "success",
          header: t[what],
          details: (
            <Box color="text-body-secondary">
              <Time at={at} seconds />
              {after !== undefined && ` · ${t.after(lengthText(after))}`}
            </Box>
          ),
        }))}
      />
    </Container>
  );
}
