import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { type ReactNode, useState } from "react";
import type { Action } from "../data/use-action.ts";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { Dialog } from "./dialog.tsx";
import { parts } from "./messages.ts";
import { isolated } from "./text.tsx";

export interface ConfirmDeleteProps {
  /** What is deleted, as the title names it: a name, or "3 parameters". */
  readonly what: string;
  /** What has to be typed; "delete" if not given. */
  readonly word?: string;
  readonly action: Action<readonly [], unknown>;
  /** The dialog is left, with or without a deletion. */
  readonly onClose: (isDeleted: boolean) => void;
  /** Further words, or options of the deletion. */
  readonly children?: ReactNode;
}

/** Asks before something is deleted. Render it while it is asked. */
export function ConfirmDelete({ what, word = "delete", action, onClose, children }: ConfirmDeleteProps) {
  const t = useMessages(parts);
  const words = useMessages(common);
  const [typed, setTyped] = useState("");
  async function confirm(): Promise<void> {
    if ((await action.run()) !== undefined) onClose(true);
  }
  return (
    <Dialog
      title={t.deleteTitle(isolated(what))}
      submitText={words.delete}
      isRunning={action.isRunning}
      isDisabled={typed !== word}
      error={action.error}
      onSubmit={() => void confirm()}
      onClose={() => onClose(false)}
    >
      {children ?? <Box>{t.deleteAction}</Box>}
      <FormField label={t.confirmBy(word)}>
        <Input
          value={typed}
          placeholder={word}
          autoComplete={false}
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </Dialog>
  );
}
