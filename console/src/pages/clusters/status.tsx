import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useMessages } from "../../i18n/messages.ts";
import { statuses } from "./statuses.ts";

const types: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  ACTIVE: "success",
  RUNNING: "success",
  HEALTHY: "success",
  COMPLETED: "success",
  SUCCESSFUL: "success",
  PRIMARY: "success",
  UNHEALTHY: "error",
  FAILED: "error",
  ROLLBACK_FAILED: "error",
  ROLLBACK_SUCCESSFUL: "warning",
  STOPPED: "stopped",
  INACTIVE: "stopped",
  UNKNOWN: "pending",
  PENDING: "pending",
};

/** A state of a cluster, service, deployment, task, container or instance, in the reader's language. */
export function Status({ of, type }: { readonly of: string | undefined; readonly type?: StatusIndicatorProps.Type }) {
  const t: Readonly<Record<string, string>> = useMessages(statuses);
  if (of === undefined || of === "") return <>-</>;
  return <StatusIndicator type={type ?? types[of] ?? "in-progress"}>{t[of] ?? of}</StatusIndicator>;
}
