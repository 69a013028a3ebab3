import Autosuggest from "@cloudscape-design/components/autosuggest";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import type { ReactNode } from "react";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { OptionalLabel } from "../../../parts/optional-label.tsx";
import type { Path } from "../document.ts";
import { messages } from "../messages.ts";
import { useEditor } from "./editor.ts";

interface FieldProps {
  readonly path: Path;
  readonly label: string;
  readonly description?: ReactNode;
  readonly isRequired?: boolean;
  readonly placeholder?: string;
}

function useLabel({ label, isRequired }: FieldProps): ReactNode {
  return isRequired ? label : <OptionalLabel>{label}</OptionalLabel>;
}

/** A member that is text; without one it is not in the document. */
export function TextField(props: FieldProps) {
  const { path, description, isRequired = false, placeholder } = props;
  const editor = useEditor();
  const words = useMessages(common);
  const value = editor.text(path);
  return (
    <FormField
      label={useLabel(props)}
      description={description}
      errorText={editor.isTried && isRequired && value === "" ? words.required : undefined}
    >
      <Input
        value={value}
        placeholder={placeholder ?? ""}
        autoComplete={false}
        spellcheck={false}
        onChange={({ detail }) => editor.set(path, detail.value === "" && !isRequired ? undefined : detail.value)}
      />
    </FormField>
  );
}

/** A member that is a number. */
export function NumberField(props: FieldProps) {
  const { path, description } = props;
  const editor = useEditor();
  return (
    <FormField label={useLabel(props)} description={description}>
      <Input
        type="number"
        value={editor.text(path)}
        onChange={({ detail }) => editor.set(path, detail.value === "" ? undefined : Number(detail.value))}
      />
    </FormField>
  );
}

/** Text with the usual choices beside it. */
export function SuggestField({ options, ...props }: FieldProps & { readonly options: readonly string[] }) {
  const { path, description } = props;
  const editor = useEditor();
  return (
    <FormField label={useLabel(props)} description={description}>
      <Autosuggest
        value={editor.text(path)}
        options={options.map((value) => ({ value }))}
        filteringType="manual"
        ariaLabel={props.label}
        onChange={({ detail }) => editor.set(path, detail.value === "" ? undefined : detail.value)}
      />
    </FormField>
  );
}

/** One of a few words. What the document says beyond them is shown, and stays until something is chosen. */
export function SelectField({
  options,
  none,
  ...props
}: FieldProps & { readonly options: readonly string[]; readonly none?: string }) {
  const { path, description } = props;
  const editor = useEditor();
  const value = editor.text(path);
  const items = [
    ...(none === undefined ? [] : [{ value: "", label: none }]),
    ...options.map((option) => ({ value: option, label: option })),
  ];
  return (
    <FormField label={useLabel(props)} description={description}>
      <Select
        selectedOption={items.find((item) => item.value === value) ?? { value, label: value }}
        options={items}
        ariaLabel={props.label}
        onChange={({ detail }) => editor.set(path, detail.selectedOption.value || undefined)}
      />
    </FormField>
  );
}

export function CheckField({
  path,
  label,
  description,
  byDefault = false,
}: FieldProps & { readonly byDefault?: boolean }) {
  const editor = useEditor();
  const value = editor.get(path);
  return (
    <Checkbox
      checked={typeof value === "boolean" ? value : byDefault}
      description={description}
      onChange={({ detail }) => editor.set(path, detail.checked)}
    >
      {label}
    </Checkbox>
  );
}

/** A list of texts with commas between them, as AWS's console has it. One that holds a comma is edited in the JSON view. */
export function CommaField(props: FieldProps) {
  const { path } = props;
  const editor = useEditor();
  const t = useMessages(messages);
  const parts = editor.list(path).map(String);
  const isEditable = parts.every((part) => !part.includes(","));
  return (
    <FormField label={useLabel(props)} description={isEditable ? t.commas : t.commasInJson}>
      <Input
        value={parts.join(",")}
        readOnly={!isEditable}
        placeholder={props.placeholder ?? ""}
        spellcheck={false}
        onChange={({ detail }) => editor.set(path, detail.value === "" ? undefined : detail.value.split(","))}
      />
    </FormField>
  );
}
