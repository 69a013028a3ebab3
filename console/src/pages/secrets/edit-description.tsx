import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useAction } from "../../data/use-action.ts";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { messages } from "./messages.ts";
import type { Secret } from "./secret.ts";

export function EditDescription({ secret, onClose }: { readonly secret: Secret; readonly onClose: () => void }) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [description, setDescription] = useState(secret.Description ?? "");
  const save = useAction((api) =>
    api.call("secretsmanager", "UpdateSecret", { SecretId: secret.ARN ?? "", Description: description }),
  );
  async function submit(): Promise<void> {
    if (await save.run()) onClose();
  }
  return (
    <Dialog
      title={t.editDescription}
      submitText={words.save}
      isRunning={save.isRunning}
      error={save.error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FormField label={t.describe}>
        <Textarea value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
    </Dialog>
  );
}
