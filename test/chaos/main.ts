/**
 * `npm run chaos [-- <kills> [docker|process]]`: kills control plane, agent and engine at random moments under load, 200 times
 * with each runtime unless told otherwise, and counts what was lost, run twice or left. Exit code 1 where anything was.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chaos, type Outcome } from "./chaos.ts";
import { startEngine } from "./engine.ts";

const [kills = "200", only] = process.argv.slice(2);
for (const runtime of ["process", "docker"] as const) {
  if (only !== undefined && only !== runtime) continue;
  const { work, damage, ofEngine, details } = await play(runtime, Number(kills));
  console.log(`\n${runtime} runtime`);
  console.table({ ...work, ...damage, ...ofEngine });
  for (const detail of details) console.log(detail);
  const isIdle = Object.values(work).some((count) => count === 0);
  if (isIdle || Object.values(damage).some((count) => count > 0)) process.exitCode = 1;
}

/** Keeps the directory, and with it the logs, where something went wrong. */
async function play(runtime: "docker" | "process", kills: number): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), "sealift-chaos-"));
  execFileSync("chmod", ["711", directory]);
  process.stderr.write(`The logs are in ${directory}\n`);
  const outcome = await playIn(directory, runtime, kills);
  if (outcome.details.length === 0) rmSync(directory, { recursive: true, force: true });
  return outcome;
}

async function playIn(directory: string, runtime: "docker" | "process", kills: number): Promise<Outcome> {
  await using engine = runtime === "docker" ? await startEngine(directory) : null;
  const onKill = (victim: string, count: number) =>
    process.stderr.write(`\r${runtime}: kill ${count}, ${victim}      `);
  return await chaos({ directory, runtime, kills, random: Math.random, onKill, ...(engine && { engine }) });
}
