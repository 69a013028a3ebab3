import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import type { Wire } from "../../api/wire.ts";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { messages } from "./messages.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const choices = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653,
];

/** Days after which events go, or never (0). */
export function RetentionSelect({
  days,
  onChange,
}: {
  readonly days: number;
  readonly onChange: (days: number) => void;
}) {
  const t = useMessages(messages);
  const options = [0, ...choices].map((value) => ({
    value: String(value),
    label: value === 0 ? t.never : t.days(value),
  }));
  return (
    <Select
      selectedOption={options.find(({ value }) => value === String(days)) ?? null}
      options={options}
      onChange={({ detail }) => onChange(Number(detail.selectedOption.value))}
    />
  );
}

export function EditRetention({
  group: { logGroupName = "", retentionInDays = 0 },
  onClose,
}: {
  readonly group: Wire<LogGroup>;
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const flash = useFlash();
  const [days, setDays] = useState(retentionInDays);
  const save = useAction((api) =>
    days === 0
      ? api.call("logs", "DeleteRetentionPolicy", { logGroupName })
      : api.call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: days }),
  );
  async function submit(): Promise<void> {
    if (!(await save.run())) return;
    flash({ type: "success", text: t.retentionSaved });
    onClose();
  }
  return (
    <Dialog
      title={t.editRetention}
      submitText={words.save}
      isRunning={save.isRunning}
      error={save.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormField label={t.expireAfter}>
        <RetentionSelect days={days} onChange={setDays} />
      </FormField>
    </Dialog>
  );
}
