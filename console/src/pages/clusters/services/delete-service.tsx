import Checkbox from "@cloudscape-design/components/checkbox";
import { useState } from "react";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { ConfirmDelete } from "../../../parts/confirm-delete.tsx";
import { useFlash } from "../../../parts/flash.tsx";
import { messages } from "./messages.ts";

/** Asks before a service is deleted, with AWS's choice to delete it while it has tasks. */
export function DeleteService({
  cluster,
  service,
  onClose,
}: {
  readonly cluster: string;
  readonly service: string;
  readonly onClose: (isDeleted: boolean) => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const [force, setForce] = useState(false);
  const action = useAction((api) => api.call("ecs", "DeleteService", { cluster, service, ...(force && { force }) }));
  return (
    <ConfirmDelete
      what={service}
      action={action}
      onClose={(isDeleted) => {
        if (isDeleted) flash({ type: "success", text: t.deleted(service) });
        onClose(isDeleted);
      }}
    >
      <Checkbox checked={force} description={t.forceDeleteText} onChange={({ detail }) => setForce(detail.checked)}>
        {t.forceDelete}
      </Checkbox>
    </ConfirmDelete>
  );
}
