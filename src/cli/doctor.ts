import { escapeControls } from "../log.ts";
import { type Flags, readConfig } from "../server/config.ts";
import type { Check } from "./doctor/check.ts";
import { engine } from "./doctor/engine.ts";
import { dataDirectory, node, otherPrograms, port } from "./doctor/machine.ts";

const marks = { yes: "works ", partly: "partly", no: "FAILS " } as const;

/** Prints what works on this machine, what does not, and how to mend it. Exit code 1 if something fails. */
export async function doctor({ json, ...flags }: Flags & { readonly json?: boolean }): Promise<void> {
  const config = readConfig(flags, process.env);
  const checks: readonly Check[] = [
    node(),
    await dataDirectory(config),
    await port(config),
    ...(await engine(config)),
    ...(await otherPrograms()),
  ];
  process.stdout.write(json ? `${JSON.stringify(checks)}\n` : checks.map(lineOf).join(""));
  if (checks.some(({ works }) => works === "no")) process.exitCode = 1;
}

function lineOf({ id, works, detail, mend }: Check): string {
  const line = `${marks[works]}  ${id.padEnd(24)}${escapeControls(detail)}\n`;
  return mend === undefined ? line : `${line}${" ".repeat(32)}${escapeControls(mend)}\n`;
}
