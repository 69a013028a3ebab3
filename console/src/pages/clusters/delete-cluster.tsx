import { useAction } from "../../data/use-action.ts";
import { useMessages } from "../../i18n/messages.ts";
import { ConfirmDelete } from "../../parts/confirm-delete.tsx";
import { useFlash } from "../../parts/flash.tsx";
import { messages } from "./cluster-messages.ts";

export function DeleteCluster({
  cluster,
  onClose,
}: {
  readonly cluster: string;
  readonly onClose: (isDeleted: boolean) => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const action = useAction((api) => api.call("ecs", "DeleteCluster", { cluster }));
  return (
    <ConfirmDelete
      what={cluster}
      word={`delete ${cluster}`}
      action={action}
      onClose={(isDeleted) => {
        if (isDeleted) flash({ type: "success", text: t.deleted(cluster) });
        onClose(isDeleted);
      }}
    >
      {t.deleteText}
    </ConfirmDelete>
  );
}
