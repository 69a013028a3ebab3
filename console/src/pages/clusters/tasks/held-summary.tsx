import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMessages } from "../../../i18n/messages.ts";
import type { Held } from "../../../parts/held.ts";
import { messages } from "./messages.ts";

/** In one line, whether what a task holds is what it would get now. */
export function HeldSummary({ held: { secrets } }: { readonly held: Held }) {
  const t = useMessages(messages);
  if (secrets.length === 0) return <>-</>;
  const stale = secrets.filter(({ state }) => state !== "current").length;
  return stale > 0 ? (
    <StatusIndicator type="warning">{t.staleCount(stale, secrets.length)}</StatusIndicator>
  ) : (
    <StatusIndicator type="success">{t.currentCount(secrets.length)}</StatusIndicator>
  );
}
