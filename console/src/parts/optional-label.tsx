import { common } from "../i18n/common.ts";
import { useMessages } from "../i18n/messages.ts";

/** The label of a field that may stay empty, as AWS's console writes it: "Description - optional". */
export function OptionalLabel({ children }: { readonly children: string }) {
  const t = useMessages(common);
  return (
    <span>
      {children} <i>- {t.optional}</i>
    </span>
  );
}
