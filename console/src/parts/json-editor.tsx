import FormField from "@cloudscape-design/components/form-field";
import { type ReactNode, useId, useRef } from "react";
import { useMessages } from "../i18n/messages.ts";
import { type JsonProblem, jsonMessages, jsonProblem } from "./json-problem.ts";
import { parts } from "./messages.ts";

export interface JsonEditorProps {
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly label?: ReactNode;
  readonly ariaLabel?: string;
  readonly description?: ReactNode;
  readonly constraintText?: ReactNode;
  /** What is wrong beyond the syntax, in the order of the text. */
  readonly problems?: readonly JsonProblem[];
  /** Lines. */
  readonly rows?: number;
  readonly readOnly?: boolean;
}

/** JSON to read or write, with numbers of lines; says at once what is not JSON, and where. */
export function JsonEditor({
  value,
  onChange,
  label,
  ariaLabel,
  description,
  constraintText,
  rows = 16,
  readOnly = false,
  ...props
}: JsonEditorProps) {
  const t = useMessages(parts);
  const id = useId();
  const gutter = useRef<HTMLPreElement>(null);
  const words = useMessages(jsonMessages);
  const syntax = readOnly ? undefined : jsonProblem(value, words);
  const problems = syntax ? [syntax] : (props.problems ?? []);
  const wrong = new Set(problems.map(({ line }) => line));
  const lines = value.split("\n").length;
  const errorText =
    problems.length > 0
      ? problems.map(({ line, column, message }) => (
          <div key={`${line}:${column}:${message}`}>{t.jsonError(line, column, message)}</div>
        ))
      : undefined;
  return (
    <FormField
      label={label}
      description={description}
      constraintText={constraintText}
      errorText={errorText}
      stretch
      controlId={id}
    >
      <div className={problems.length > 0 ? "app-editor app-editor-invalid" : "app-editor"}>
        <pre className="app-editor-gutter" aria-hidden="true" ref={gutter}>
          {Array.from({ length: lines }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <span key={index} className={wrong.has(index + 1) ? "app-editor-wrong" : undefined}>
              {index + 1}
              {"\n"}
            </span>
          ))}
        </pre>
        <textarea
          id={id}
          className="app-editor-text"
          aria-label={label === undefined ? (ariaLabel ?? t.lineNumbers) : undefined}
          aria-invalid={problems.length > 0}
          rows={rows}
          value={value}
          readOnly={readOnly}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          wrap="off"
          dir="ltr"
          onChange={(event) => onChange?.(event.target.value)}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
    </FormField>
  );
}
