import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { bundle } from "../../scripts/package/bundle.ts";
import { sourceProgram } from "../support/program.ts";
import { throwAwayDirectory } from "../support/throw-away.ts";
import { cpuTime, median, residentMemory } from "./child.ts";
import { install } from "./installation.ts";
import { type Peer, peers } from "./peers.ts";
import type { Sheet } from "./sheet.ts";

/** Milliseconds after which the garbage of a start has been collected. */
const settled = 2_000;

/** One start: milliseconds until it was ready, of those on a processor, and MB when idle. */
interface Start {
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
}

/** Measures start and idle memory of the source and of the package, with and without an agent, against bare Node, by turns. */
export async function startup(sheet: Sheet, runs = 7): Promise<void> {
  await using folder = await throwAwayDirectory();
  // As it is installed: what npm run package makes, without the packing.
  await bundle(folder.path);
  const programs = { package: join(folder.path, "sealift.js"), source: sourceProgram };
  const kinds = [
    ["package, no agent", programs.package, ["--no-agent"]],
    ["package, agent for local processes", programs.package, ["--runtime", "process"]],
    ["source, agent for local processes", programs.source, ["--runtime", "process"]],
  ] as const;
  const bare: Start[] = [];
  const ours = kinds.map((): Start[] => []);
  for (let run = 0; run < runs; run++) {
    bare.push(await startNode());
    for (const [index, [, program, flags]] of kinds.entries()) ours[index]?.push(await startOurs(program, flags));
  }
  const floor = middle(bare);
  const rows = kinds.map(([name], index) => {
    const { time, cpu, memory } = middle(ours[index] ?? []);
    return [
      name,
      `${time.toFixed(0)} ms (${(time / floor.time).toFixed(1)} ×)`,
      `${cpu.toFixed(0)} ms (${(cpu / floor.cpu).toFixed(1)} ×)`,
      `${memory.toFixed(0)} MB (${(memory / floor.memory).toFixed(2)} ×)`,
    ];
  });
  const first = [
    "`node -e`",
    `${floor.time.toFixed(0)} ms`,
    `${floor.cpu.toFixed(0)} ms`,
    `${floor.memory.toFixed(0)} MB`,
  ];
  const others = await Promise.all(peers.map(({ version }) => version()));
  for (const [index, peer] of peers.entries()) {
    const version = others[index];
    if (version === undefined) continue;
    const starts: Start[] = [];
    for (let run = 0; run < Math.min(runs, 3); run++) starts.push(await startPeer(peer));
    const { time, memory } = middle(starts);
    // Its log says where it answers, so that the same moment counts.
    rows.push([version, `${time.toFixed(0)} ms`, "", `${memory.toFixed(0)} MB`]);
  }
  sheet.table(["start", "until it is ready", "of that on a processor", "idle memory"], [first, ...rows]);
  sheet.say("Budgets of the package: start ≤ 5 ×, idle memory ≤ 2.5 × bare Node.");
}

async function startOurs(program: string, flags: readonly string[]): Promise<Start> {
  await using installation = await install(flags, program);
  const { pid, startedIn: time } = installation.server;
  const cpu = await cpuTime(pid);
  await new Promise((resolve) => setTimeout(resolve, settled));
  return { time, cpu, memory: await residentMemory(pid) };
}

async function startPeer(peer: Peer): Promise<Start> {
  await using server = await peer.start();
  await new Promise((resolve) => setTimeout(resolve, settled));
  return { time: server.startedIn, cpu: 0, memory: await residentMemory(server.pid) };
}

async function startNode(): Promise<Start> {
  const started = performance.now();
  const words = ["-e", "process.stdout.write('ready'); setTimeout(() => {}, 1e9)"];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const time = performance.now() - started;
  const cpu = await cpuTime(child.pid!);
  await new Promise((resolve) => setTimeout(resolve, settled / 4));
  const memory = await residentMemory(child.pid!);
  child.kill();
  return { time, cpu, memory };
}

function middle(starts: readonly Start[]): Start {
  const of = (what: keyof Start) => median(starts.map((start) => start[what]));
  return { time: of("time"), cpu: of("cpu"), memory: of("memory") };
}
