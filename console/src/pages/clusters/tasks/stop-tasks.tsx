import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf } from "../../../parts/addresses.ts";
import { useFlash } from "../../../parts/flash.tsx";
import { OptionalLabel } from "../../../parts/optional-label.tsx";
import { Confirm } from "../confirm.tsx";
import type { Task } from "../types.ts";
import { messages } from "./messages.ts";

/** Asks, and stops tasks. The reason is shown with them afterwards. */
export function StopTasks({
  cluster,
  tasks,
  onClose,
}: {
  readonly cluster: string;
  readonly tasks: readonly Task[];
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [reason, setReason] = useState("");
  const action = useAction(async (api) => {
    for (const { taskArn } of tasks) {
      await api.call("ecs", "StopTask", { cluster, task: taskArn, ...(reason !== "" && { reason }) });
    }
    return true;
  });
  return (
    <Confirm
      title={t.stopTitle(tasks.length)}
      doText={t.stop}
      action={action}
      onClose={(isDone) => {
        if (isDone) flash({ type: "success", text: t.stopping(tasks.length) });
        onClose();
      }}
    >
      <Box>{t.stopText}</Box>
      {tasks.slice(0, 10).map(({ taskArn = "" }) => (
        <Box key={taskArn} variant="code">
          {nameOf(taskArn)}
        </Box>
      ))}
      <FormField label={<OptionalLabel>{t.stopReason}</OptionalLabel>}>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </Confirm>
  );
}
