import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMessages } from "../../i18n/messages.ts";
import { Text } from "../../parts/text.tsx";
import { messages } from "./messages.ts";

export function KeyStatus({ state }: { readonly state: string | undefined }) {
  const t = useMessages(messages);
  switch (state) {
    case undefined:
      return <>-</>;
    case "Enabled":
      return <StatusIndicator type="success">{t.Enabled}</StatusIndicator>;
    case "Disabled":
      return <StatusIndicator type="stopped">{t.Disabled}</StatusIndicator>;
    case "PendingDeletion":
      return <StatusIndicator type="warning">{t.PendingDeletion}</StatusIndicator>;
    case "PendingImport":
      return <StatusIndicator type="pending">{t.PendingImport}</StatusIndicator>;
    default:
      return (
        <StatusIndicator type="pending">
          <Text>{state}</Text>
        </StatusIndicator>
      );
  }
}
