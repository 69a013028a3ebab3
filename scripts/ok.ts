/** The one command before a commit: format, lint, types, dead exports, import direction, coverage page, tests. */
import { spawnSync } from "node:child_process";

const steps: readonly (readonly [string, ...string[]])[] = [
  ["biome", "check", "--error-on-warnings", "."],
  ["tsc", "--noEmit"],
  ["tsc", "--noEmit", "--project", "console"],
  ["knip"],
  ["node", "scripts/check-imports.ts"],
  ["node", "scripts/coverage.ts", "--check"],
  ["node", "scripts/test.ts"],
];

for (const [command, ...values] of steps) {
  const program = command === "node" ? process.execPath : `node_modules/.bin/${command}`;
  const { status } = spawnSync(program, values, { stdio: "inherit" });
  if (status !== 0) {
    console.error(`\nNot ok: ${command} ${values.join(" ")}`);
    process.exit(1);
  }
}
console.log("\nok");
