import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isConsoleBuilt } from "../../server/console/files.ts";
import type { Progress } from "./progress.ts";

/** An installed package has the console, and not this. */
const script = join(import.meta.dirname, "../../../scripts/console.ts");

/** Builds the console where it is not built: once for this folder. Gives `false` where that was interrupted or failed. */
export async function buildMissingConsole(progress: Progress, stopped: Promise<void>): Promise<boolean> {
  if (isConsoleBuilt() || !existsSync(script)) return isConsoleBuilt();
  await progress.step("Build the console, this once", async () => {
    const child = spawn(process.execPath, [script], { stdio: "ignore" });
    const ended = once(child, "exit").then(([code]) => code === 0);
    const isBuilt = await Promise.race([ended, stopped.then(() => undefined)]);
    if (isBuilt === undefined) child.kill();
    return isBuilt
      ? "sealift up serves it to browsers"
      : "It is not built; npm run console builds it, or says what is wrong";
  });
  return isConsoleBuilt();
}
