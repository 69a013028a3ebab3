/** Writes docs/coverage.md from the services' lists of operations; with --check it only says whether that is current. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { services } from "../src/services/index.ts";

const file = join(import.meta.dirname, "../docs/coverage.md");

async function page(): Promise<string> {
  const lines = [
    "# Coverage",
    "",
    "Which operations answer, written by `npm run coverage` from the services' own lists. An operation of AWS that is not",
    "listed answers with the API's own error for an unknown operation, saying that it is not implemented.",
    "What answers otherwise than AWS stands in [divergences.md](divergences.md).",
  ];
  for (const { title, client, load } of services) {
    const { operations } = await load();
    const names = Object.keys(operations).sort();
    const all = Object.keys((await import(client)) as object).filter((name) => /^[A-Z]\w+Command$/.test(name)).length;
    lines.push("", `## ${title}`, "", `${names.length} of the ${all} operations of \`${client}\`.`, "");
    lines.push(...names.map((name) => `- ${name}`));
  }
  return `${lines.join("\n")}\n`;
}

const wanted = await page();
if (!process.argv.includes("--check")) writeFileSync(file, wanted);
else if (readFileSync(file, "utf8") !== wanted) {
  console.error("docs/coverage.md is not current: run npm run coverage");
  process.exitCode = 1;
}
