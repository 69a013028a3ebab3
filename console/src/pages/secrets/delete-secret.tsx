import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { messages } from "./messages.ts";
import type { Secret } from "./secret.ts";

/** Schedules a deletion, or deletes at once. */
export function DeleteSecret({ secret, onClose }: { readonly secret: Secret; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const flash = useFlash();
  const navigate = useNavigate();
  const [days, setDays] = useState("30");
  const [isNow, setNow] = useState(false);
  const { ARN = "", Name = "" } = secret;
  const action = useAction((api) =>
    api.call("secretsmanager", "DeleteSecret", {
      SecretId: ARN,
      ...(isNow ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: Number(days) }),
    }),
  );
  return (
    <ConfirmDelete
      what={Name}
      action={action}
      onClose={(isDeleted) => {
        onClose();
        if (!isDeleted) return;
        flash({ type: "success", text: t.scheduled(Name) });
        void navigate("/secretsmanager/secrets");
      }}
    >
      <SpaceBetween size="m">
        <FormField label={t.waitingPeriod} description={t.waitingText}>
          <Input type="number" disabled={isNow} value={days} onChange={({ detail }) => setDays(detail.value)} />
        </FormField>
        <Checkbox checked={isNow} description={t.deleteNowText} onChange={({ detail }) => setNow(detail.checked)}>
          {t.deleteNow}
        </Checkbox>
      </SpaceBetween>
    </ConfirmDelete>
  );
}
