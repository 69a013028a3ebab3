/** Runs every test, or those whose files are given. `node scripts/test.ts [file…]` */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

const given = process.argv.slice(2);
const files =
  given.length > 0 ? given : globSync(["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"]).sort();
const flags = ["--test", "--test-reporter=spec", "--disable-warning=ExperimentalWarning", "--test-concurrency=2"];
const { status } = spawnSync(process.execPath, [...flags, ...files], { stdio: "inherit" });
process.exitCode = status ?? 1;
