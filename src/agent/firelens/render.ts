/** What a router's configuration says, whichever program reads it. */
export interface RouterConfig {
  /** At which it takes output over TCP; absent where containers have no network in which they reach it. */
  readonly listen: string | undefined;
  /** MiB. */
  readonly buffer: number;
  readonly filters: readonly { readonly container: string; readonly keep: boolean; readonly pattern: string }[];
  /** Added to each record. */
  readonly fields: readonly (readonly [string, string])[];
  /** A file that is read besides. */
  readonly include: string | undefined;
  readonly outputs: readonly Output[];
}

export interface Output {
  readonly container: string;
  readonly plugin: string;
  /** Sorted by name. */
  readonly options: readonly (readonly [string, string])[];
}

const socketPath = "/var/run/fluent.sock";
export const forwardPort = 24_224;

type Lines = readonly (readonly [string, string])[];

/** https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file */
export function renderFluentBit({ listen, buffer, filters, fields, include, outputs }: RouterConfig): string {
  const section = (kind: string, lines: Lines) =>
    `[${kind}]\n${lines.map(([name, value]) => `    ${name} ${value}\n`).join("")}`;
  const parts = [
    section("INPUT", [
      ["Name", "forward"],
      ["Mem_Buf_Limit", `${buffer}MB`],
      ["unix_path", socketPath],
    ]),
    ...(listen === undefined
      ? []
      : [
          section("INPUT", [
            ["Name", "forward"],
            ["Listen", listen],
            ["Port", String(forwardPort)],
          ]),
        ]),
    section("INPUT", [
      ["Name", "tcp"],
      ["Tag", "firelens-healthcheck"],
      ["Listen", "127.0.0.1"],
      ["Port", "8877"],
    ]),
    ...filters.map(({ container, keep, pattern }) =>
      section("FILTER", [
        ["Name", "grep"],
        ["Match", `${container}-firelens*`],
        [keep ? "Regex" : "Exclude", `log ${pattern}`],
      ]),
    ),
    ...(fields.length === 0
      ? []
      : [
          section("FILTER", [
            ["Name", "record_modifier"],
            ["Match", "*"],
            ...fields.map(([name, value]) => ["Record", `${name} ${value}`] as const),
          ]),
        ]),
    ...(include === undefined ? [] : [`@INCLUDE ${include}\n`]),
    section("OUTPUT", [
      ["Name", "null"],
      ["Match", "firelens-healthcheck"],
    ]),
    ...outputs.map(({ container, plugin, options }) =>
      section("OUTPUT", [["Name", plugin], ["Match", `${container}-firelens*`], ...options]),
    ),
  ];
  return parts.map((part) => `\n${part}`).join("");
}

/** https://docs.fluentd.org/configuration/config-file */
export function renderFluentd({ listen, filters, fields, include, outputs }: RouterConfig): string {
  const parts = [
    block("source", "", [
      ["@type", "unix"],
      ["path", socketPath],
    ]),
    ...(listen === undefined
      ? []
      : [
          block("source", "", [
            ["@type", "forward"],
            ["bind", listen],
            ["port", String(forwardPort)],
          ]),
        ]),
    ...filters.map(({ container, keep, pattern }) =>
      filter(`${container}-firelens**`, "grep", keep ? "regexp" : "exclude", [
        ["key", "log"],
        ["pattern", pattern],
      ]),
    ),
    ...(fields.length === 0 ? [] : [filter("**", "record_transformer", "record", fields)]),
    ...(include === undefined ? [] : [`@include ${include}\n`]),
    ...outputs.map(({ container, plugin, options }) =>
      block("match", ` ${container}-firelens**`, [["@type", plugin], ...options]),
    ),
  ];
  return parts.map((part) => `\n${part}`).join("");
}

function block(kind: string, of: string, lines: Lines): string {
  return `<${kind}${of}>\n${linesOf(lines, "    ")}</${kind}>\n`;
}

function filter(of: string, type: string, inner: string, lines: Lines): string {
  const body = `    <${inner}>\n${linesOf(lines, "        ")}    </${inner}>\n`;
  return `<filter ${of}>\n    @type ${type}\n${body}</filter>\n`;
}

function linesOf(lines: Lines, indent: string): string {
  return lines.map(([name, value]) => `${indent}${name} ${value}\n`).join("");
}
