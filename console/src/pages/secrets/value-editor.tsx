import Alert from "@cloudscape-design/components/alert";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { common } from "../../i18n/common.ts";
import { useMessages } from "../../i18n/messages.ts";
import { type KeyValue, pairsOf, problemOf, textOf } from "./key-values.ts";
import { messages } from "./messages.ts";
import { PasswordGenerator } from "./password-generator.tsx";

export interface ValueEditorProps {
  /** The secret's text, whichever way it is edited. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Says why it cannot be stored as it is; told with each change. */
  readonly onValid: (isValid: boolean) => void;
}

/** A secret's value as pairs and as text: two views of one text. */
export function ValueEditor({ value, onChange, onValid }: ValueEditorProps) {
  const t = useMessages(messages);
  const words = useMessages(common);
  const [view, setView] = useState(() => (pairsOf(value) ? "pairs" : "text"));
  // Rows hold what the text cannot: one without a key yet, and two with the same.
  const [rows, setRows] = useState<readonly KeyValue[]>(() => rowsOf(value));
  const [isShown, setShown] = useState(false);
  const [generatesFor, setGeneratesFor] = useState<number | "text">();

  function changeRows(next: readonly KeyValue[]): void {
    setRows(next);
    onValid(next.every((_, index) => problemOf(next, index) === undefined));
    onChange(textOf(next));
  }

  function changeRow(index: number, part: Partial<KeyValue>): void {
    changeRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  }

  function changeText(text: string): void {
    setRows(rowsOf(text));
    onValid(true);
    onChange(text);
  }

  const problems = { empty: t.emptyKey, duplicate: t.duplicateKey };
  return (
    <>
      <Tabs
        activeTabId={view}
        onChange={({ detail }) => setView(detail.activeTabId)}
        tabs={[
          {
            id: "pairs",
            label: t.keyValue,
            content: pairsOf(value) ? (
              <AttributeEditor<KeyValue>
                items={[...rows]}
                addButtonText={t.addRow}
                removeButtonText={words.remove}
                empty={t.noPairs}
                onAddButtonClick={() => changeRows([...rows, { key: "", value: "" }])}
                onRemoveButtonClick={({ detail }) => changeRows(rows.filter((_, index) => index !== detail.itemIndex))}
                definition={[
                  {
                    label: words.key,
                    errorText: (_, index) => {
                      const problem = problemOf(rows, index);
                      return problem && problems[problem];
                    },
                    control: ({ key }, index) => (
                      <Input
                        value={key}
                        ariaLabel={words.key}
                        autoComplete={false}
                        spellcheck={false}
                        onChange={({ detail }) => changeRow(index, { key: detail.value })}
                      />
                    ),
                  },
                  {
                    label: words.value,
                    control: ({ value: member }, index) => (
                      <SpaceBetween size="xxs">
                        <Input
                          value={member}
                          type={isShown ? "text" : "password"}
                          ariaLabel={words.value}
                          autoComplete={false}
                          spellcheck={false}
                          onChange={({ detail }) => changeRow(index, { value: detail.value })}
                        />
                        <Button formAction="none" variant="inline-link" onClick={() => setGeneratesFor(index)}>
                          {t.generate}
                        </Button>
                      </SpaceBetween>
                    ),
                  },
                ]}
                gridLayout={[
                  { breakpoint: "xxs", rows: [[2, 3]], removeButton: { width: "auto" } },
                  { rows: [[1], [1]] },
                ]}
                additionalInfo={
                  <Button formAction="none" variant="inline-link" onClick={() => setShown(!isShown)}>
                    {isShown ? words.hide : words.show}
                  </Button>
                }
              />
            ) : (
              <Alert type="info">{t.notPairs}</Alert>
            ),
          },
          {
            id: "text",
            label: t.plaintext,
            content: (
              <SpaceBetween size="s">
                <FormField stretch>
                  <Textarea
                    value={value}
                    rows={8}
                    ariaLabel={t.plaintext}
                    autoComplete={false}
                    spellcheck={false}
                    onChange={({ detail }) => changeText(detail.value)}
                  />
                </FormField>
                <Button formAction="none" onClick={() => setGeneratesFor("text")}>
                  {t.generate}
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
      />
      {generatesFor !== undefined && (
        <PasswordGenerator
          onClose={() => setGeneratesFor(undefined)}
          onPassword={(password) => {
            if (generatesFor === "text") changeText(password);
            else changeRow(generatesFor, { value: password });
          }}
        />
      )}
    </>
  );
}

function rowsOf(text: string): readonly KeyValue[] {
  const pairs = pairsOf(text) ?? [];
  return pairs.length > 0 ? pairs : [{ key: "", value: "" }];
}
