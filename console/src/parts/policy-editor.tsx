import { useMessages } from "../i18n/messages.ts";
import { JsonEditor, type JsonEditorProps } from "./json-editor.tsx";
import { type PolicyKind, policyMessages, policyProblems } from "./policy-problems.ts";

/** A policy's JSON, checked as it is written. */
export function PolicyEditor({ kind, ...props }: JsonEditorProps & { readonly kind: PolicyKind }) {
  const t = useMessages(policyMessages);
  return <JsonEditor {...props} problems={props.readOnly ? [] : policyProblems(props.value, kind, t)} />;
}
