import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { messages } from "./messages.ts";

export function ScheduleDeletion({ keyId, onClose }: { readonly keyId: string; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [days, setDays] = useState("30");
  const action = useAction((api) =>
    api.call("kms", "ScheduleKeyDeletion", { KeyId: keyId, PendingWindowInDays: Number(days) }),
  );
  return (
    <ConfirmDelete
      what={keyId}
      action={action}
      onClose={(isDone) => {
        if (isDone) flash({ type: "success", text: t.scheduled });
        onClose();
      }}
    >
      <FormField label={t.waitingPeriod} description={t.waitingText}>
        <Input type="number" value={days} onChange={({ detail }) => setDays(detail.value)} />
      </FormField>
    </ConfirmDelete>
  );
}
