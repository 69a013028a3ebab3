/** Runs every test, or those whose files are given. `node scripts/test.ts [file…]` */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

const given = process.argv.slice(2);
const files =
  given.length > 0 ? given : globSync(["src/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"]).sort();
const flags = [
  "--test",
  "--test-reporter=spec",
  "--test-concurrency=2",
  // Milliseconds; no file takes nearly as long unless it hangs.
  "--test-timeout=300000",
  "--disable-warning=ExperimentalWarning",
];
const { status } = spawnSync(process.execPath, [...flags, ...files], { stdio: "inherit" });
process.exitCode = status ?? 1;
