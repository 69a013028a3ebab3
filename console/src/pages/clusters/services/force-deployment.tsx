import Box from "@cloudscape-design/components/box";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { useFlash } from "../../../parts/flash.tsx";
import { isolated } from "../../../parts/text.tsx";
import { Confirm } from "../confirm.tsx";
import { ecs } from "../words.ts";
import { messages } from "./messages.ts";

/** Asks, and replaces a service's tasks by new ones of the same task definition. */
export function ForceDeployment({
  cluster,
  service,
  onClose,
}: {
  readonly cluster: string;
  readonly service: string;
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const e = useMessages(ecs);
  const flash = useFlash();
  const action = useAction((api) => api.call("ecs", "UpdateService", { cluster, service, forceNewDeployment: true }));
  return (
    <Confirm
      title={t.forceTitle(isolated(service))}
      doText={e.forceNewDeployment}
      action={action}
      onClose={(isDone) => {
        if (isDone) flash({ type: "success", text: t.forced(service) });
        onClose();
      }}
    >
      <Box>{t.forceText}</Box>
    </Confirm>
  );
}
