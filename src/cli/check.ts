import { readFileSync } from "node:fs";
import manifest from "../../package.json" with { type: "json" };
import { countsOf, github, json, sarif, terminal } from "../check/formats/index.ts";
import { type Checked, checkDefinition } from "../check/index.ts";
import { systemClock } from "../clock.ts";
import { ConfigError } from "../server/config.ts";
import { type AccountFlags, openAccount } from "./checked-account.ts";
import { definitionSources } from "./definition-sources.ts";

export interface CheckFlags extends AccountFlags {
  readonly format?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly cluster?: string;
  readonly launchType?: string;
  readonly overrides?: string;
}

const formats: Readonly<Record<string, (all: readonly Checked[]) => string>> = {
  terminal: (all) => terminal(all, { colour: process.stdout.isTTY && process.env.NO_COLOR === undefined }),
  json,
  sarif: (all) => sarif(all, manifest.version),
  github,
};

/** Prints what would go wrong with the definitions. Exit code 1 if something would. */
export async function check(asked: readonly string[], flags: CheckFlags): Promise<void> {
  const { cluster = "default" } = flags;
  const format = formats[flags.json ? "json" : (flags.format ?? "terminal")];
  if (!format) throw new ConfigError(`Cannot print "${flags.format}": it must be ${Object.keys(formats).join(", ")}`);
  const launchType = readLaunchType(flags.launchType);
  const overrides = flags.overrides === undefined ? undefined : readOverrides(flags.overrides);
  using opened = await openAccount(flags);
  const sources = await definitionSources(asked, opened.calls);
  const options = { account: opened.account, clock: systemClock, cluster, launchType, overrides };
  const all = await Promise.all(sources.map((source) => checkDefinition(source, options)));
  process.stdout.write(format(all));
  const { errors, warnings, unknown } = countsOf(all);
  if (errors > 0 || (flags.strict && warnings + unknown > 0)) process.exitCode = 1;
}

function readLaunchType(text: string | undefined): "EC2" | "FARGATE" | undefined {
  if (text === undefined || text === "EC2" || text === "FARGATE") return text;
  throw new ConfigError(`Cannot check for the launch type "${text}": it must be EC2 or FARGATE`);
}

/** As RunTask counts them. */
function readOverrides(file: string): string {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    const isWhole = typeof read === "object" && read !== null && "containerOverrides" in read;
    return JSON.stringify(isWhole ? read.containerOverrides : read);
  } catch (cause) {
    throw new ConfigError(`Cannot read the overrides in "${file}": ${(cause as Error).name}`, { cause });
  }
}
