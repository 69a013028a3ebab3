import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMessages } from "../i18n/messages.ts";
import type { HeldSecret } from "./held.ts";
import { parts } from "./messages.ts";

/** Whether a version that a task holds is what it would get now. */
export function HeldState({ state }: Pick<HeldSecret, "state">) {
  const t = useMessages(parts);
  const type = { current: "success", stale: "warning", gone: "error" } as const;
  return <StatusIndicator type={type[state]}>{t[state]}</StatusIndicator>;
}
