import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { messages } from "./messages.ts";

export interface DeleteGroupsProps {
  readonly names: readonly string[];
  readonly onClose: (isDeleted: boolean) => void;
}

export function DeleteGroups({ names, onClose }: DeleteGroupsProps) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction(async (api) => {
    for (const logGroupName of names) await api.call("logs", "DeleteLogGroup", { logGroupName });
    return true;
  });
  return (
    <ConfirmDelete
      what={names.length === 1 ? (names[0] ?? "") : t.several(names.length)}
      action={action}
      onClose={(isDeleted) => {
        if (isDeleted) flash({ type: "success", text: t.deleted(names.length) });
        onClose(isDeleted);
      }}
    >
      {t.deleteText}
    </ConfirmDelete>
  );
}
