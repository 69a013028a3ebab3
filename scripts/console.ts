/** Builds the console into console/dist. `node scripts/console.ts [--if-changed]`: with the flag only where its source was changed since it was built. */
import { buildConsole, isConsoleBuilt } from "./console/build.ts";

if (!process.argv.includes("--if-changed") || !isConsoleBuilt()) {
  for (const line of await buildConsole()) console.log(line);
}
