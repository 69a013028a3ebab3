import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Builds the console where it is not built, or its source was changed since. */
export function buildConsole(): void {
  const script = join(import.meta.dirname, "../../scripts/console.ts");
  execFileSync(process.execPath, [script, "--if-changed"], { stdio: ["ignore", "ignore", "pipe"] });
}
