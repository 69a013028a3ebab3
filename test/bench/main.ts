/** `npm run bench [section…]`: figures, each beside its floor measured in the same run. `--…`: sizes of a section. */
import { agent } from "./agent.ts";
import { decisions } from "./decisions.ts";
import { ecs } from "./ecs.ts";
import { logs } from "./logs/logs.ts";
import { requests } from "./requests.ts";
import { startup } from "./startup.ts";
import { stores } from "./stores.ts";

const sections: Readonly<Record<string, () => Promise<void>>> = {
  startup,
  decisions,
  requests,
  stores,
  agent,
  ecs,
  logs,
};

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
for (const [name, run] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  await run();
}
