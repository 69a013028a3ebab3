import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { common } from "../../../i18n/common.ts";
import { useMessages } from "../../../i18n/messages.ts";
import { messages } from "../messages.ts";
import { useEditor } from "./editor.ts";
import { Picker } from "./picker.tsx";
import { appended, changed, type Places, removed, type Variable, variablesOf } from "./variables.ts";

export interface VariablesFieldProps {
  readonly places: Places;
  readonly nameLabel: string;
  readonly addText: string;
}

const kinds = [
  { value: "Value", label: "Value" },
  { value: "ValueFrom", label: "ValueFrom" },
] as const;

/** Rows of key, value type and value, as AWS's console has them: each a plain value, or one from a store. */
export function VariablesField({ places, nameLabel, addText }: VariablesFieldProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const editor = useEditor();
  const [picksFor, setPicksFor] = useState<Variable>();
  const variables = variablesOf(editor.get([]), places);
  const change = (variable: Variable, next: Parameters<typeof changed>[3]) =>
    editor.change((document) => changed(document, places, variable, next));
  return (
    <>
      <AttributeEditor<Variable>
        items={[...variables]}
        addButtonText={addText}
        removeButtonText={words.remove}
        gridLayout={[
          { breakpoint: "xs", rows: [[3, 2, 5]], removeButton: { width: "auto" } },
          { rows: [[1], [1], [1]] },
        ]}
        onAddButtonClick={() =>
          editor.change((document) => appended(document, places, { kind: "Value", name: "", value: "" }))
        }
        onRemoveButtonClick={({ detail }) => {
          const variable = variables[detail.itemIndex];
          if (variable) editor.change((document) => removed(document, places, variable));
        }}
        definition={[
          {
            label: nameLabel,
            errorText: ({ name }, index) => {
              if (name === "") return editor.isTried ? words.required : undefined;
              return variables.some((other, at) => at !== index && other.name === name) ? t.duplicateName : undefined;
            },
            control: (variable) => (
              <Input
                value={variable.name}
                ariaLabel={nameLabel}
                autoComplete={false}
                spellcheck={false}
                onChange={({ detail }) => change(variable, { name: detail.value })}
              />
            ),
          },
          {
            label: t.valueType,
            control: (variable) => (
              <Select
                selectedOption={kinds.find(({ value }) => value === variable.kind) ?? null}
                options={kinds}
                ariaLabel={t.valueType}
                onChange={({ detail }) => change(variable, { kind: detail.selectedOption.value as Variable["kind"] })}
              />
            ),
          },
          {
            label: words.value,
            errorText: ({ kind, value }) =>
              editor.isTried && kind === "ValueFrom" && value === "" ? words.required : undefined,
            control: (variable) => (
              <SpaceBetween size="xxs">
                <Input
                  value={variable.value}
                  ariaLabel={words.value}
                  placeholder={variable.kind === "ValueFrom" ? "arn:aws:secretsmanager:…" : ""}
                  autoComplete={false}
                  spellcheck={false}
                  onChange={({ detail }) => change(variable, { value: detail.value })}
                />
                {variable.kind === "ValueFrom" && (
                  <Button formAction="none" variant="inline-link" onClick={() => setPicksFor(variable)}>
                    {t.browse}
                  </Button>
                )}
              </SpaceBetween>
            ),
          },
        ]}
      />
      {picksFor && <Picker onClose={() => setPicksFor(undefined)} onPick={(value) => change(picksFor, { value })} />}
    </>
  );
}
