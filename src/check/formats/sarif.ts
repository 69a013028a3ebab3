import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { type Checked, repeatedRule, unreadableRule } from "../check.ts";
import type { Finding, Severity } from "../finding.ts";
import { rules } from "../rules/index.ts";
import { mendLines } from "./terminal.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", unknown: "note" };

/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif(all: readonly Checked[], version: string): string {
  const known = [...rules, unreadableRule, repeatedRule].map(({ id, title, severity }) => ({
    id,
    shortDescription: { text: title },
    defaultConfiguration: { level: levels[severity] },
  }));
  const indices = new Map(known.map(({ id }, index) => [id, index]));
  const results = all.flatMap((checked) =>
    checked.findings.map((finding) => ({
      ruleId: finding.rule,
      ruleIndex: indices.get(finding.rule),
      level: levels[finding.severity],
      message: { text: textOf(finding) },
      locations: [locationOf(checked, finding)],
    })),
  );
  const driver = { name: "sealift check", version, rules: known };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function textOf({ message, aws, mend }: Finding): string {
  return [message, ...(aws === undefined ? [] : [`On AWS: ${aws}`]), ...mendLines(mend)].join("\n");
}

function locationOf({ name, isFile }: Checked, { pointer, line, column }: Finding): object {
  const logicalLocations = [{ fullyQualifiedName: pointer === "" ? name : pointer }];
  if (!isFile) return { logicalLocations };
  const uri = isAbsolute(name)
    ? pathToFileURL(name).href
    : encodeURI(name.split(sep).join("/")).replace(/[#?]/g, encodeURIComponent);
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column } };
  return { physicalLocation: { artifactLocation: { uri }, ...region }, logicalLocations };
}
