import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { messages } from "./messages.ts";

export interface DeleteRepositoryProps {
  readonly name: string;
  readonly onClose: (isDeleted: boolean) => void;
}

/** As AWS's console does, with its images. */
export function DeleteRepository({ name, onClose }: DeleteRepositoryProps) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction((api) => api.call("ecr", "DeleteRepository", { repositoryName: name, force: true }));
  return (
    <ConfirmDelete
      what={name}
      action={action}
      onClose={(isDeleted) => {
        if (isDeleted) flash({ type: "success", text: t.deleted(name) });
        onClose(isDeleted);
      }}
    >
      {t.deleteText}
    </ConfirmDelete>
  );
}
