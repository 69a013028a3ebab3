import type { Checked } from "../check.ts";
import type { Severity } from "../finding.ts";
import { mendLines } from "./terminal.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", unknown: "notice" };

/** Workflow commands. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
export function github(all: readonly Checked[]): string {
  return all
    .flatMap(({ name, isFile, findings }) =>
      findings.map(({ severity, rule, line, column, message, aws, mend }) => {
        const place = isFile ? [`file=${property(name)}`, `line=${line ?? 1}`, `col=${column ?? 1}`] : [];
        const text = [message, ...(aws === undefined ? [] : [`On AWS: ${aws}`]), ...mendLines(mend)].join("\n");
        const said = isFile ? text : `${name}: ${text}`;
        return `::${commands[severity]} ${[...place, `title=${property(rule)}`].join(",")}::${data(said)}\n`;
      }),
    )
    .join("");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
