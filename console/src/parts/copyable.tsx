import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";
import { Text } from "./text.tsx";

/** Text with a button that copies it: ARNs, names, ids. */
export function Copyable({ children }: { readonly children: string | undefined }) {
  const t = useMessages(common);
  if (!children) return <>-</>;
  return (
    <span className="app-copyable">
      <CopyToClipboard
        variant="icon"
        textToCopy={children}
        copyButtonAriaLabel={t.copy}
        copySuccessText={t.copied}
        copyErrorText={t.copyFailed}
      />
      <Text>{children}</Text>
    </span>
  );
}
