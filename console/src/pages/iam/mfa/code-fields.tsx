import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMessages } from "../../../i18n/messages.ts";
import { messages } from "./messages.ts";

const fields = ["AuthenticationCode1", "AuthenticationCode2"] as const;

/** Two codes of a device, one after the other, as the operations take them. */
export type Codes = Readonly<Record<(typeof fields)[number], string>>;

export const noCodes: Codes = { AuthenticationCode1: "", AuthenticationCode2: "" };

export function isWhole(codes: Codes): boolean {
  return fields.every((field) => /^\d{6}$/.test(codes[field]));
}

export function CodeFields({ codes, onChange }: { readonly codes: Codes; readonly onChange: (codes: Codes) => void }) {
  const t = useMessages(messages);
  return fields.map((field, index) => (
    <FormField key={field} label={t.code(index + 1)} {...(index === 0 && { description: t.codesText })}>
      <Input
        value={codes[field]}
        autoComplete="one-time-code"
        inputMode="numeric"
        onChange={({ detail }) => onChange({ ...codes, [field]: detail.value.trim() })}
      />
    </FormField>
  ));
}
