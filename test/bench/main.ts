/**
 * `npm run bench [section…]`: figures, each beside its floor measured in the same run. `--…`: sizes of a section.
 *
 * `npm run bench -- --publish[=<file>] [--quick]` writes docs/figures.md. `--quick` tries it out: its figures are worth nothing.
 */
import { agent } from "./agent.ts";
import { check } from "./check.ts";
import { consoleInBrowser } from "./console.ts";
import { decisions } from "./decisions.ts";
import { ecs } from "./ecs.ts";
import { logs } from "./logs/logs.ts";
import { figuresFile, publish } from "./publish.ts";
import { requests } from "./requests.ts";
import { sheetOn } from "./sheet.ts";
import { startup } from "./startup.ts";
import { stores } from "./stores.ts";

const sections: Readonly<Record<string, () => Promise<void>>> = {
  startup: () => startup(sheetOn((text) => process.stdout.write(text))),
  decisions,
  check,
  requests,
  stores,
  agent,
  ecs,
  logs,
  console: consoleInBrowser,
};

const [publishing, file = figuresFile] = process.argv.find((word) => /^--publish(=|$)/.test(word))?.split("=") ?? [];
if (publishing !== undefined) {
  await publish(file, process.argv.includes("--quick"));
  process.exit();
}

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
for (const [name, run] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  await run();
}
