import { styleText } from "node:util";
import { escapeControls } from "../../log.ts";
import type { Checked } from "../check.ts";
import type { Finding, Mend, Moment, Severity } from "../finding.ts";
import { countsOf } from "./counts.ts";

const moments: Readonly<Record<Moment, string>> = {
  register: "when it is registered",
  run: "at RunTask",
  start: "when a task starts",
  later: "while it runs",
};

const colours = { error: "red", warning: "yellow", unknown: "cyan" } as const satisfies Record<Severity, string>;

/** For people. `colour` is for terminals. */
export function terminal(all: readonly Checked[], { colour }: { readonly colour: boolean }): string {
  const styled = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;

  function shown(name: string, { rule, severity, line, column, pointer, message, aws, when, mend }: Finding): string[] {
    const place = line === undefined ? pointer : `${name}:${line}:${column}`;
    const said = [
      message,
      ...(aws === undefined ? [] : [`On AWS, ${moments[when]}: ${aws.replace(/\s+/g, " ")}`]),
      ...mendLines(mend),
    ];
    const head = `${styled(colours[severity], severity)}  ${escapeControls(place)}  ${styled("dim", rule)}`;
    return ["", `  ${head}`, ...said.map((text) => `    ${escapeControls(text)}`)];
  }

  return all
    .flatMap((checked) => {
      const { name, findings } = checked;
      const head = `${styled("bold", escapeControls(name))}: ${summary(checked)}`;
      return [head, ...findings.flatMap((finding) => shown(name, finding)), ...(findings.length > 0 ? [""] : [])];
    })
    .map((line) => `${line}\n`)
    .join("");
}

function summary(checked: Checked): string {
  const { errors, warnings, unknown } = countsOf([checked]);
  const resolved = `${checked.ok.length} ${checked.ok.length === 1 ? "thing resolves" : "things resolve"}`;
  const counts = [counted(errors, "error"), counted(warnings, "warning"), unknown > 0 ? `${unknown} not known` : ""];
  const found = counts.filter((text) => text !== "");
  return found.length === 0 ? `fine, ${resolved}` : `${found.join(", ")}; ${resolved}`;
}

function counted(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** The mend as lines, for every format that is text. */
export function mendLines(mend: Mend | undefined): readonly string[] {
  if (!mend) return [];
  const { text, statements = [], command } = mend;
  return [
    `Mend: ${text}`,
    ...statements.flatMap(({ addTo, statement }) => [
      ...(statements.length > 1 ? [`  to ${addTo}:`] : []),
      `  ${JSON.stringify(statement)}`,
    ]),
    ...(command === undefined ? [] : [`  $ ${command}`]),
  ];
}
