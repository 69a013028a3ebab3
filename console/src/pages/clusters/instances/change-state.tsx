import Box from "@cloudscape-design/components/box";
import { chunks } from "../../../api/pages.ts";
import { useAction } from "../../../data/use-action.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { nameOf } from "../../../parts/addresses.ts";
import { useFlash } from "../../../parts/flash.tsx";
import { Confirm } from "../confirm.tsx";
import { messages } from "./messages.ts";

/** Container instances of which one call changes the state. */
const most = 10;

/** Asks, and drains container instances, or lets tasks be placed on them again. */
export function ChangeState({
  cluster,
  instances,
  status,
  onClose,
}: {
  readonly cluster: string;
  readonly instances: readonly string[];
  readonly status: "ACTIVE" | "DRAINING";
  readonly onClose: () => void;
}) {
  const t = useMessages(messages);
  const flash = useFlash();
  const isDrain = status === "DRAINING";
  const action = useAction(async (api) => {
    const failed: string[] = [];
    for (const containerInstances of chunks(instances, most)) {
      const { failures = [] } = await api.call("ecs", "UpdateContainerInstancesState", {
        cluster,
        containerInstances,
        status,
      });
      failed.push(...failures.map(({ arn, reason }) => `${nameOf(arn)} (${reason})`));
    }
    if (failed.length > 0) flash({ type: "error", text: t.notChanged(failed.join(", ")) });
    else flash({ type: "success", text: t.drained });
    return true;
  });
  return (
    <Confirm
      title={isDrain ? t.drainTitle : t.activateTitle}
      doText={isDrain ? t.drain : t.activate}
      action={action}
      onClose={onClose}
    >
      <Box>{isDrain ? t.drainText : t.activateText}</Box>
      {instances.map((instance) => (
        <Box key={instance} variant="code">
          {nameOf(instance)}
        </Box>
      ))}
    </Confirm>
  );
}
