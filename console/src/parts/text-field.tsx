import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import type { ReactNode } from "react";
import { OptionalLabel } from "./optional-label.tsx";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isOptional?: boolean;
  readonly description?: ReactNode;
  readonly constraint?: ReactNode;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
}

/** A field for one line, of which the browser remembers nothing. */
export function TextField({ label, value, onChange, isOptional = false, ...more }: TextFieldProps) {
  return (
    <FormField
      label={isOptional ? <OptionalLabel>{label}</OptionalLabel> : label}
      description={more.description}
      constraintText={more.constraint}
      errorText={more.error}
    >
      <Input
        value={value}
        autoComplete={false}
        spellcheck={false}
        placeholder={more.placeholder ?? ""}
        disabled={more.isDisabled ?? false}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}
