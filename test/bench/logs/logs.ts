import { join } from "node:path";
import { parseArgs } from "node:util";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { throwAwayDirectory } from "../../support/throw-away.ts";
import { cpuTime, median, residentMemory } from "../child.ts";
import { type Installation, install } from "../installation.ts";
import { appendRate, gzipped, zgrep } from "./floors.ts";
import { putAll } from "./put.ts";
import { fullSheet, groupName, type Sheet, sheetsOf, streamName, terms } from "./sheets.ts";

/** Sizes, as the command line may change them: `npm run bench logs -- --lines=1000000`. */
const sizes = {
  /** Lines in the group when it is searched. */
  lines: 10_000_000,
  streams: 16,
  /** Lines of a batch of a container that writes 100 lines a second: Docker's driver sends what it has after five seconds. */
  batch: 500,
  /** Lines that are sent in such batches. */
  trickle: 500_000,
  /** Parts in which the lines are sent, each beside its floor. */
  rounds: 10,
  /** How often the group is searched. */
  searches: 3,
};

/** Different sheets of lines. */
const sheetCount = 100;

/** Lines in, searches and memory of CloudWatch Logs, beside a bare file and a bare `zgrep`. */
export async function logs(): Promise<void> {
  const size = sizesOf(process.argv.slice(2));
  await using installation = await install(["--no-agent"]);
  await using folder = await throwAwayDirectory("sealift-bench-");
  const client = new CloudWatchLogs(installation.client);
  await client.createLogGroup({ logGroupName: groupName });
  for (let stream = 0; stream < size.streams; stream++) {
    await client.createLogStream({ logGroupName: groupName, logStreamName: streamName(stream) });
  }
  const archive = await gzipped(join(folder.path, "lines.gz"));
  const memory = memoryOf(installation.server.pid);
  const before = await memory.now();
  const write = writer(installation, size.streams, size.lines);
  const path = join(folder.path, "lines");
  const part = async (sheets: readonly Sheet[]) => {
    const figures = await write(sheets);
    for (const sheet of sheets) await archive.add(sheet);
    return { ...figures, floor: await appendRate(path, sheets) };
  };

  await part(sheetsOf(1, fullSheet));
  const small = sheetsOf(sheetCount, size.batch);
  const trickle = await part(inTurn(small, size.trickle));
  showRate(`PutLogEvents, ${size.batch} lines each`, [trickle]);
  const full = sheetsOf(sheetCount, fullSheet);
  const rounds = [];
  for (let round = 0; round < size.rounds; round++) {
    rounds.push(await part(inTurn(full, (size.lines - size.trickle) / size.rounds)));
  }
  showRate(`PutLogEvents, ${fullSheet} lines each`, rounds);
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (first && last) {
    const cost = (last.cpuPerMillion / first.cpuPerMillion).toFixed(2);
    console.log(
      `the last ${(size.lines / size.rounds).toFixed(0)} lines: ${cost} × the CPU of the first (budget ≤ 1.2 ×)`,
    );
  }
  await archive.close();
  const filled = await memory.now();
  memory.forget();
  for (const [name, { text }] of Object.entries(terms))
    await search(client, installation, archive.path, name, text, size);
  await showMemory(memory, before, filled);
}

function sizesOf(words: readonly string[]): typeof sizes {
  const names = Object.keys(sizes) as (keyof typeof sizes)[];
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" }] as const));
  const { values } = parseArgs({ args: words.filter((word) => word.startsWith("--")), options });
  return { ...sizes, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)])) };
}

function inTurn(sheets: readonly Sheet[], lines: number): Sheet[] {
  const made: Sheet[] = [];
  for (let left = lines, number = 0; left > 0; number++) {
    const sheet = sheets[number % sheets.length]!;
    made.push(sheet);
    left -= sheet.lines;
  }
  return made;
}

interface PutFigures {
  readonly lines: number;
  readonly seconds: number;
  /** The server's, in seconds. */
  readonly cpuPerMillion: number;
}

/** Writes sheets to the streams in turn, as if each stream had a line a millisecond up to now. */
function writer({ target, server }: Installation, streams: number, expected: number) {
  const ends = Array.from({ length: streams }, () => Date.now() - Math.ceil((expected * 1.2) / streams));
  let turn = 0;
  return async (sheets: readonly Sheet[]): Promise<PutFigures> => {
    function* bodies(): Generator<Buffer> {
      for (const sheet of sheets) {
        const stream = turn++ % streams;
        yield sheet.body(stream, ends[stream]!);
        ends[stream]! += sheet.lines;
      }
    }
    const lines = sheets.reduce((sum, sheet) => sum + sheet.lines, 0);
    const [began, cpu] = [performance.now(), await cpuTime(server.pid)];
    await putAll(target, bodies());
    const seconds = (performance.now() - began) / 1000;
    return { lines, seconds, cpuPerMillion: ((await cpuTime(server.pid)) - cpu) / 1000 / (lines / 1e6) };
  };
}

function showRate(title: string, parts: readonly (PutFigures & { readonly floor: number })[]): void {
  const rate = median(parts.map(({ lines, seconds }) => lines / seconds));
  const floor = median(parts.map((one) => one.floor));
  const cpu = median(parts.map(({ cpuPerMillion }) => cpuPerMillion));
  console.log(
    `${title}: ${rate.toFixed(0)} lines/s (budget ≥ 50000), ${cpu.toFixed(2)} s of CPU a million; file append with fsync ${floor.toFixed(0)}; ${(rate / floor).toFixed(2)} of it`,
  );
}

async function search(
  client: CloudWatchLogs,
  { server }: Installation,
  archive: string,
  name: string,
  term: string,
  { searches, lines }: typeof sizes,
): Promise<void> {
  const seconds: number[] = [];
  const floors: number[] = [];
  let [found, pages, cpu] = [0, 0, 0];
  for (let run = 0; run < searches; run++) {
    const [began, cpuBefore] = [performance.now(), await cpuTime(server.pid)];
    [found, pages] = [0, 0];
    let nextToken: string | undefined;
    do {
      const page = await client.filterLogEvents({
        ...{ logGroupName: groupName, filterPattern: `"${term}"` },
        ...(nextToken !== undefined && { nextToken }),
      });
      found += page.events?.length ?? 0;
      pages++;
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    seconds.push((performance.now() - began) / 1000);
    cpu = ((await cpuTime(server.pid)) - cpuBefore) / 1000;
    const floor = await zgrep(archive, term);
    if (floor.found !== found) throw new Error(`FilterLogEvents found ${found} lines, and zgrep ${floor.found}`);
    floors.push(floor.seconds);
  }
  const [took, floor] = [median(seconds), median(floors)];
  console.log(
    `FilterLogEvents over ${lines} lines, a ${name} term (${found} found): ${took.toFixed(2)} s in ${pages} pages, ${cpu.toFixed(2)} s of CPU (budget ≤ 10 s); zgrep ${floor.toFixed(2)} s; ${(took / floor).toFixed(2)} of it`,
  );
}

/** Watches a process's resident memory, in MB. */
function memoryOf(pid: number) {
  let most = 0;
  const look = async () => {
    const size = await residentMemory(pid);
    most = Math.max(most, size);
    return size;
  };
  setInterval(() => void look().catch(() => {}), 100).unref();
  return {
    now: look,
    most: () => most,
    forget() {
      most = 0;
    },
  };
}

async function showMemory(memory: ReturnType<typeof memoryOf>, before: number, filled: number): Promise<void> {
  const after = await memory.now();
  console.log(
    `resident memory: ${before.toFixed(0)} MB before, ${filled.toFixed(0)} MB after the writes, ${memory.most().toFixed(0)} MB at most while searched, ${after.toFixed(0)} MB after`,
  );
}
