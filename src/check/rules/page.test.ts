import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { repeatedRule, unreadableRule } from "../check.ts";
import { rules } from "./index.ts";
import type { Rule } from "./rule.ts";

const moments = { register: "registration", run: "RunTask", start: "start of a task", later: "later" } as const;

function row({ id, severity, severityOnAws, when, title }: Omit<Rule, "find">): string {
  const shown = severityOnAws === undefined ? severity : `${severity}; on AWS ${severityOnAws}`;
  return `| \`${id}\` | ${shown} | ${moments[when]} | ${title.replaceAll("|", "\\|")} |`;
}

test("docs/check.md has every rule", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/check.md"), "utf8");
  const table = [
    "| Rule | Severity | Shows at | Finds |",
    "|---|---|---|---|",
    ...[unreadableRule, repeatedRule, ...rules].map(row),
  ].join("\n");
  const [, written] = /<!-- rules -->\n([\s\S]*?)\n<!-- \/rules -->/.exec(page) ?? [];
  assert.equal(written, table, `Write this into docs/check.md:\n${table}\n`);
});

test("every rule has an id of its own", () => {
  const ids = rules.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});
