import { execFileSync, spawn } from "node:child_process";
import { median, residentMemory } from "./child.ts";
import { install } from "./installation.ts";

const runs = 7;

/** Measures start-up time and idle memory, against bare Node. */
export async function startup(): Promise<void> {
  const floor: number[] = [];
  const ours: number[] = [];
  const memory: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    execFileSync(process.execPath, ["-e", "0"]);
    floor.push(performance.now() - started);
    await using installation = await install(["--runtime", "process"]);
    ours.push(installation.server.startedIn);
    // By then the garbage of the start-up has been collected.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    memory.push(await residentMemory(installation.server.pid));
  }
  const idle = spawn(process.execPath, ["-e", "setTimeout(() => {}, 1e9)"]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const bare = await residentMemory(idle.pid!);
  idle.kill();
  report("start to ready", median(ours), median(floor), "ms", 10);
  report("resident memory, idle", median(memory), bare, "MB", 3);
}

function report(what: string, ours: number, floor: number, unit: string, budget: number): void {
  const ratio = (ours / floor).toFixed(2);
  console.log(
    `${what}: ${ours.toFixed(1)} ${unit}; node -e: ${floor.toFixed(1)} ${unit}; ${ratio} × (budget ≤ ${budget} ×)`,
  );
}
